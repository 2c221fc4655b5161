/**
 * A reader of ONNX models and a plain interpreter of the operators that scorers are written with, by onnx.proto3 and the ONNX specification of
 * operators; it shares no code with the writer. Tensors are rows × columns, or a row, or one number.
 */
type Message = Map<number, (number | Uint8Array)[]>;
interface Tensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

function message(bytes: Uint8Array): Message {
  const fields: Message = new Map();
  let at = 0;
  const varint = () => {
    let [value, shift] = [0, 1];
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * shift;
      if (byte < 128) return value;
      shift *= 128;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    let value: number | Uint8Array;
    if (key % 8 === 0) value = varint();
    else if (key % 8 === 2) {
      const length = varint();
      value = bytes.subarray(at, at + length);
      at += length;
    } else throw new Error(`wire type ${key % 8}`);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

const messages = (of: Message, field: number) => (of.get(field) ?? []).map((bytes) => message(bytes as Uint8Array));
const texts = (of: Message, field: number) => (of.get(field) ?? []).map((bytes) => Buffer.from(bytes as Uint8Array).toString());
const numbers = (of: Message, field: number) => (of.get(field) ?? []) as number[];

function initialiser(tensor: Message): Tensor {
  const raw = Buffer.from(tensor.get(9)?.[0] as Uint8Array);
  const [type] = numbers(tensor, 2);
  const size = type === 1 ? 4 : 8;
  const read = (i: number) =>
    type === 1 ? raw.readFloatLE(i * 4) : type === 11 ? raw.readDoubleLE(i * 8) : Number(raw.readBigInt64LE(i * 8));
  return { shape: numbers(tensor, 1), values: Array.from({ length: raw.length / size }, (_, i) => read(i)) };
}

const each =
  (f: (x: number) => number) =>
  ([{ shape, values }]: readonly Tensor[]): Tensor => ({ shape, values: values.map(f) });
/** The second operand is broadcast along rows, as a row, a column, or one number. */
const both =
  (f: (x: number, y: number) => number) =>
  ([a, b]: readonly Tensor[]): Tensor => {
    const width = a.shape.at(-1) as number;
    const at = (i: number) =>
      b.values.length === a.values.length ? i : b.values.length === 1 ? 0 : b.shape.at(-1) === 1 ? Math.floor(i / width) : i % width;
    return { shape: a.shape, values: a.values.map((x, i) => f(x, b.values[at(i)])) };
  };

const operators: Readonly<Record<string, (inputs: readonly Tensor[]) => Tensor>> = {
  Abs: each(Math.abs),
  Log: each(Math.log),
  Sign: each(Math.sign),
  Sqrt: each(Math.sqrt),
  Relu: each((x) => Math.max(0, x)),
  Elu: each((x) => (x > 0 ? x : Math.expm1(x))),
  Tanh: each(Math.tanh),
  Add: both((x, y) => x + y),
  Sub: both((x, y) => x - y),
  Mul: both((x, y) => x * y),
  Div: both((x, y) => x / y),
  IsNaN: each((x) => Number(Number.isNaN(x))),
  Where: ([condition, a, b]) => {
    const width = condition.shape.at(-1) as number; // the first of both is broadcast along rows
    return { shape: b.shape, values: b.values.map((x, i) => (condition.values[i] ? a.values[i % width] : x)) };
  },
  Cast: ([a]) => a,
  Reshape: ([a]) => ({ shape: [a.values.length], values: a.values }),
  ReduceMean: ([{ shape, values }]) => ({
    shape: [shape[0], 1],
    values: Array.from(
      { length: shape[0] },
      (_, r) => values.slice(r * shape[1], (r + 1) * shape[1]).reduce((sum, x) => sum + x, 0) / shape[1],
    ),
  }),
  MatMul: ([a, b]) => ({
    shape: [a.shape[0], b.shape[1]],
    values: Array.from({ length: a.shape[0] * b.shape[1] }, (_, i) => {
      const [row, column] = [Math.floor(i / b.shape[1]), i % b.shape[1]];
      return a.values.slice(row * a.shape[1], (row + 1) * a.shape[1]).reduce((sum, x, k) => sum + x * b.values[k * b.shape[1] + column], 0);
    }),
  }),
};

/** Runs a model on its one input. @returns its one output, and how the model calls the two */
export function runOnnx(bytes: Uint8Array, input: Tensor): { values: readonly number[]; names: readonly string[]; operatorSet: number } {
  const model = message(bytes);
  const [graph] = messages(model, 7);
  const [[inputName], [outputName]] = [11, 12].map((field) => messages(graph, field).map((value) => texts(value, 1)[0]));
  const known = new Map<string, Tensor>([[inputName, input]]);
  for (const tensor of messages(graph, 5)) known.set(texts(tensor, 8)[0], initialiser(tensor));
  for (const node of messages(graph, 1)) {
    const [operator] = texts(node, 4);
    const run = operators[operator];
    if (run === undefined) throw new Error(`operator ${operator}`);
    if (operator === 'ReduceMean') {
      const attributes = new Map(messages(node, 5).map((one) => [texts(one, 1)[0], [...numbers(one, 8), ...numbers(one, 3)]]));
      if (attributes.get('axes')?.[0] !== 1 || attributes.get('keepdims')?.[0] !== 1) throw new Error('ReduceMean of other axes');
    }
    known.set(texts(node, 2)[0], run(texts(node, 1).map((name) => known.get(name) as Tensor)));
  }
  return {
    values: (known.get(outputName) as Tensor).values,
    names: [inputName, outputName],
    operatorSet: numbers(messages(model, 8)[0], 2)[0],
  };
}
