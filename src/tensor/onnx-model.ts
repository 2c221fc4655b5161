/** A tensor of 32-bit floats that a graph takes or gives; a size that is named may be any, the same wherever the name is. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>; // whole numbers, or lists of them; not below 0
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]; // each after those whose outputs it takes
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: Readonly<Record<string, OnnxConstant>>;
}

/** One number of type float, or of type int64 in a list of one; or a tensor of the shape, row by row, of floats of the width of the array. */
export type OnnxConstant =
  | { readonly float: number }
  | { readonly axis: number }
  | { readonly values: Float32Array | Float64Array; readonly shape: readonly number[] };

type Bytes = readonly number[];

/** Of onnx.proto: versions of the format and of the operators, and types. */
const [irVersion, operatorSet, float, int64, double] = [8, 13, 1, 7, 11];
const [attributeInt, attributeInts] = [2, 7];

/** The graph as the bytes of an ONNX ModelProto (onnx.proto3), in the wire format of Protocol Buffers. */
export function onnxModel({ nodes, inputs, outputs, constants }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.flatMap((node) => field(1, nodeProto(node))),
    ...text(2, 'network'),
    ...Object.entries(constants).flatMap(([name, value]) => field(5, tensorProto(name, value))),
    ...inputs.flatMap((value) => field(11, valueInfo(value))),
    ...outputs.flatMap((value) => field(12, valueInfo(value))),
  ];
  return Uint8Array.from([...whole(1, irVersion), ...field(7, graph), ...field(8, whole(2, operatorSet))]);
}

const nodeProto = ({ operator, inputs, output, attributes = {} }: OnnxNode): Bytes => [
  ...inputs.flatMap((name) => text(1, name)),
  ...text(2, output),
  ...text(4, operator),
  ...Object.entries(attributes).flatMap(([name, value]) => field(5, [...text(1, name), ...attributeValue(value)])),
];

const attributeValue = (value: number | readonly number[]): Bytes =>
  typeof value === 'number'
    ? [...whole(3, value), ...whole(20, attributeInt)]
    : [...value.flatMap((one) => whole(8, one)), ...whole(20, attributeInts)];

/** Type, dimensions and the bytes of a constant. */
function tensorParts(value: OnnxConstant): readonly [type: number, shape: Bytes, raw: Uint8Array] {
  if ('float' in value) return [float, [], new Uint8Array(Float32Array.of(value.float).buffer)];
  if ('axis' in value) return [int64, whole(1, 1), new Uint8Array(BigInt64Array.of(BigInt(value.axis)).buffer)];
  const { values, shape } = value;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [values instanceof Float64Array ? double : float, shape.flatMap((size) => whole(1, size)), raw];
}

function tensorProto(name: string, value: OnnxConstant): Bytes {
  const [type, shape, raw] = tensorParts(value);
  return [...shape, ...whole(2, type), ...text(8, name), ...field(9, [...raw])];
}

function valueInfo({ name, shape }: OnnxValue): Bytes {
  const sizes = shape.flatMap((size) => field(1, typeof size === 'string' ? text(2, size) : whole(1, size)));
  return [...text(1, name), ...field(2, field(1, [...whole(1, float), ...field(2, sizes)]))];
}

/** Seven bits a byte, the lowest first; the eighth bit says that more follow. */
const varint = (value: number): Bytes => (value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]);
const whole = (number: number, value: number): Bytes => [...varint(number * 8), ...varint(value)];
const field = (number: number, bytes: Bytes): Bytes => [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
const text = (number: number, value: string): Bytes => field(number, [...Buffer.from(value)]);
