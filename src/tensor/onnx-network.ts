import { createRequire } from 'node:module';
import { type DenseActivation, type DenseLayer, type DenseNetwork, layerParameters, type NetworkMaker } from './dense-network.ts';
import { type OnnxGraph, type OnnxNode, type OnnxValue, onnxModel } from './onnx-model.ts';
import type { Product } from './product-network.ts';

const packageName = 'onnxruntime-node';

/** A tensor of ONNX Runtime on an array as it lies. */
type Tensor = object;
type Tensors = Readonly<Record<string, Tensor>>;

interface Session {
  loadModel(buffer: ArrayBufferLike, offset: number, length: number, options: object): void;
  /** Writes into the arrays of `fetches`. */
  run(feeds: Tensors, fetches: Tensors, options: object): void;
}

/** What is used of the package. Its public `run` is this one of its binding behind a promise, and a training step answers at once. */
interface Runtime {
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => Tensor;
  readonly Session: new () => Session;
}

export interface OnnxRuntime {
  readonly version: string;
  readonly network: NetworkMaker;
  readonly product: Product;
  /** Threads of networks made from now on. */
  useThreads(count: number): void;
}

/**
 * Networks by the CPU provider of ONNX Runtime; one thread, as seeds and runs fill the cores.
 * @throws Error in one line where the package is not there
 */
export function openOnnxRuntime(): OnnxRuntime {
  const require = createRequire(import.meta.url);
  let version: string;
  try {
    ({ version } = require(`${packageName}/package.json`) as { version: string });
  } catch {
    throw new Error(`${packageName} is not installed; npm install ${packageName}`);
  }
  const { Tensor } = require(packageName) as Pick<Runtime, 'Tensor'>;
  const { binding, initOrt } = require(`${packageName}/dist/binding.js`) as {
    binding: { InferenceSession: Runtime['Session'] };
    initOrt(): void;
  };
  initOrt();
  let threads = 1;
  const runtime = { Tensor, Session: binding.InferenceSession };
  return {
    version,
    network: (layers) => onnxNetwork(layers, runtime, threads),
    product: onnxProduct(runtime, () => threads),
    useThreads(count) {
      threads = count;
    },
  };
}

/** A session of a graph. */
function openSession({ Session }: Pick<Runtime, 'Session'>, graph: OnnxGraph, intraOpNumThreads: number): Session {
  const [model, opened] = [onnxModel(graph), new Session()];
  opened.loadModel(model.buffer, 0, model.length, { intraOpNumThreads, interOpNumThreads: 1, logSeverityLevel: 3 });
  return opened;
}

/** Products by graphs of one node each, opened when they are first asked for. */
function onnxProduct({ Tensor, Session }: Runtime, threads: () => number): Product {
  const sessions = new Map<string, Session>();
  return (form, { rows, columns, inner }, a, b, c) => {
    const [transA, transB] = [Number(form === 'left-transposed'), Number(form === 'right-transposed')];
    const key = `${form} ${threads()}`;
    const session = sessions.get(key) ?? openSession({ Session }, productGraph(transA, transB), threads());
    sessions.set(key, session);
    const tensor = (data: Float32Array, height: number, width: number, turned = 0) =>
      new Tensor('float32', data, turned ? [width, height] : [height, width]);
    session.run({ a: tensor(a, rows, inner, transA), b: tensor(b, inner, columns, transB) }, { c: tensor(c, rows, columns) }, {});
  };
}

const productGraph = (transA: number, transB: number): OnnxGraph => ({
  nodes: [{ operator: 'Gemm', inputs: ['a', 'b'], output: 'c', attributes: { transA, transB } }],
  inputs: [of('a', 'aRows', 'aColumns'), of('b', 'bRows', 'bColumns')],
  outputs: [of('c', 'rows', 'columns')],
  constants: {},
});

/** A network as two graphs, forward and backward, between which its loss is computed; any number of rows, parameters fed as inputs. */
function onnxNetwork(layers: readonly DenseLayer[], { Tensor, Session }: Runtime, intraOpNumThreads: number): DenseNetwork {
  const [forwardPass, backwardPass] = [forwardGraph(layers), backwardGraph(layers)].map((graph) =>
    openSession({ Session }, graph, intraOpNumThreads),
  );
  const last = layers.length - 1;
  const tensor = (data: Float32Array, ...shape: number[]) => new Tensor('float32', data, shape);
  let kept = layers.map(() => new Float32Array(0));

  const parameterTensors = (flat: Float32Array, weights: string, bias: string): Record<string, Tensor> =>
    Object.fromEntries(
      layerParameters(layers, flat).flatMap((of, l) => [
        [`${weights}${l}`, tensor(of.weights, layers[l].inputs, layers[l].outputs)],
        [`${bias}${l}`, tensor(of.bias, layers[l].outputs)],
      ]),
    );

  const forward = (x: Float32Array, parameters: Tensors) => {
    const rows = x.length / layers[0].inputs;
    if (kept[last].length < rows * layers[last].outputs) kept = layers.map(({ outputs }) => new Float32Array(rows * outputs));
    const y = layers.map(({ outputs }, l) => kept[l].subarray(0, rows * outputs));
    const given = Object.fromEntries(y.map((data, l) => [`y${l}`, tensor(data, rows, layers[l].outputs)]));
    const feeds = { x: tensor(x, rows, layers[0].inputs), ...parameters };
    forwardPass.run(feeds, given, {});
    return { rows, outputs: y[last], feeds: { ...feeds, ...given } };
  };

  return {
    outputs: (parameters, x) => (x.length === 0 ? new Float32Array(0) : forward(x, parameterTensors(parameters, 'W', 'b')).outputs.slice()),
    lossGradient(parameters, x, loss, gradient) {
      const { rows, outputs, feeds } = forward(x, parameterTensors(parameters, 'W', 'b'));
      const slopes = new Float32Array(outputs.length);
      const value = loss(outputs, slopes);
      const given = { ...feeds, dy: tensor(slopes, rows, layers[last].outputs) };
      const named = backwardInputs(layers).map(({ name }) => [name, given[name as keyof typeof given]]);
      backwardPass.run(Object.fromEntries(named), parameterTensors(gradient, 'dW', 'db'), {});
      return value;
    },
  };
}

const of = (name: string, ...shape: OnnxValue['shape'][number][]): OnnxValue => ({ name, shape });
const below = (l: number): string => (l === 0 ? 'x' : `y${l - 1}`);

/** y_l = f(y_{l−1}·W_l + b_l). */
function forwardGraph(layers: readonly DenseLayer[]): OnnxGraph {
  const nodes = layers.flatMap(({ activation }, l): OnnxNode[] => [
    { operator: 'Gemm', inputs: [below(l), `W${l}`, `b${l}`], output: `z${l}` },
    { operator: operators[activation], inputs: [`z${l}`], output: `y${l}` },
  ]);
  const parameters = layers.flatMap(({ inputs, outputs }, l) => [of(`W${l}`, inputs, outputs), of(`b${l}`, outputs)]);
  return {
    nodes,
    inputs: [of('x', 'rows', layers[0].inputs), ...parameters],
    outputs: layers.map(({ outputs }, l) => of(`y${l}`, 'rows', outputs)),
    constants: {},
  };
}

/** With δ_l = ∂loss/∂y_l ⊙ f′: ∂W_l = y_{l−1}ᵀ·δ_l, ∂b_l = Σ δ_l over rows, and ∂loss/∂y_{l−1} = δ_l·W_lᵀ. */
function backwardGraph(layers: readonly DenseLayer[]): OnnxGraph {
  const last = layers.length - 1;
  const ofLayer = ({ activation }: DenseLayer, l: number): OnnxNode[] => [
    ...derivatives[activation](l === last ? 'dy' : `dy${l}`, l),
    { operator: 'Gemm', inputs: [below(l), `delta${l}`], output: `dW${l}`, attributes: { transA: 1 } },
    { operator: 'ReduceSum', inputs: [`delta${l}`, 'rowAxis'], output: `db${l}`, attributes: { keepdims: 0 } },
    ...(l === 0 ? [] : [{ operator: 'Gemm', inputs: [`delta${l}`, `W${l}`], output: `dy${l - 1}`, attributes: { transB: 1 } }]),
  ];
  return {
    nodes: layers.map(ofLayer).reverse().flat(),
    inputs: backwardInputs(layers),
    outputs: layers.flatMap(({ inputs, outputs }, l) => [of(`dW${l}`, inputs, outputs), of(`db${l}`, outputs)]),
    constants: { zero: { float: 0 }, one: { float: 1 }, rowAxis: { axis: 0 } },
  };
}

/** What of the forward pass the backward pass takes, and the derivative by the outputs. */
function backwardInputs(layers: readonly DenseLayer[]): OnnxValue[] {
  const last = layers.length - 1;
  const values = layers.flatMap(({ inputs, outputs, activation }, l) => [
    ...(l < last || activation !== 'linear' ? [of(`y${l}`, 'rows', outputs)] : []),
    ...(l > 0 ? [of(`W${l}`, inputs, outputs)] : []),
  ]);
  return [of('x', 'rows', layers[0].inputs), of('dy', 'rows', layers[last].outputs), ...values];
}

const operators: Readonly<Record<DenseActivation, string>> = { linear: 'Identity', relu: 'Relu', elu: 'Elu', tanh: 'Tanh' };

/** δ = dy ⊙ f′, written with y = f(z). */
const derivatives: Readonly<Record<DenseActivation, (dy: string, l: number) => OnnxNode[]>> = {
  linear: (dy, l) => [{ operator: 'Identity', inputs: [dy], output: `delta${l}` }],
  relu: (dy, l) => [
    { operator: 'Sign', inputs: [`y${l}`], output: `slope${l}` },
    { operator: 'Mul', inputs: [dy, `slope${l}`], output: `delta${l}` },
  ],
  elu: (dy, l) => [
    { operator: 'Min', inputs: [`y${l}`, 'zero'], output: `low${l}` },
    { operator: 'Add', inputs: [`low${l}`, 'one'], output: `slope${l}` },
    { operator: 'Mul', inputs: [dy, `slope${l}`], output: `delta${l}` },
  ],
  tanh: (dy, l) => [
    { operator: 'Mul', inputs: [`y${l}`, `y${l}`], output: `square${l}` },
    { operator: 'Sub', inputs: ['one', `square${l}`], output: `slope${l}` },
    { operator: 'Mul', inputs: [dy, `slope${l}`], output: `delta${l}` },
  ],
};
