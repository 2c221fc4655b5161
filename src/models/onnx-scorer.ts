import type { Scaling } from '../data/scale-features.ts';
import { UsageError } from '../errors.ts';
import { normEpsilon } from '../math/layer-norm.ts';
import { layerParameters } from '../tensor/dense-network.ts';
import { type OnnxConstant, type OnnxNode, onnxModel } from '../tensor/onnx-model.ts';
import type { DenseArchitecture, Scorer } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';

const activations = { linear: null, relu: 'Relu', elu: 'Elu', tanh: 'Tanh' } as const;
/** Of onnx.proto: types of tensors. */
const [float, double] = [1, 11];

/**
 * A linear scorer or a network with the scaling of its features as an ONNX model (operator set 13), for any runtime: input `features`, float [documents, F], raw, feature f of
 * SVMlight in column f − 1; output `scores`, float [documents]. Features are scaled in 64 bits, as here, and all else is in 32.
 * @throws UsageError for trees, whose rules of missing features ONNX's ensembles do not have, for scorers of ids, of whole lists and for those of plugins
 */
export function onnxScorer(scorer: Scorer, scaling: Scaling): Uint8Array {
  const { name } = scorer.architecture;
  if (scorer.boosting !== undefined || (name !== 'linear' && name !== 'mlp'))
    throw new UsageError(
      `no ONNX model of a ${scorer.name}: it is written of linear and mlp. Trees are a LightGBM model in their folder, which onnxmltools converts; ids are names, which it has no table for. --plain-weights writes both for counterrank/score`,
    );
  const graph = new Graph();
  let x = scaled(graph, scaling);
  const layers = scorerLayers(scorer.architecture as DenseArchitecture);
  for (const [l, { weights, gain, bias }] of layerParameters(layers, scorer.parameters).entries()) {
    const { inputs, outputs, activation } = layers[l];
    x = graph.add('MatMul', x, graph.constant({ values: weights, shape: [inputs, outputs] }));
    if (gain.length > 0) x = normalised(graph, x, gain);
    x = graph.add('Add', x, graph.constant({ values: bias, shape: [outputs] }));
    const operator = activations[activation];
    if (operator !== null) x = graph.add(operator, x);
  }
  const scores = [...graph.nodes, { operator: 'Reshape', inputs: [x, graph.constant({ axis: -1 })], output: 'scores' }];
  return onnxModel({
    nodes: scores,
    inputs: [{ name: 'features', shape: ['documents', scorer.featureCount] }],
    outputs: [{ name: 'scores', shape: ['documents'] }],
    constants: graph.constants,
  });
}

/** A graph that grows node by node; values are called by number. */
class Graph {
  readonly nodes: OnnxNode[] = [];
  readonly constants: Record<string, OnnxConstant> = {};

  constant(value: OnnxConstant): string {
    const name = `c${Object.keys(this.constants).length}`;
    this.constants[name] = value;
    return name;
  }

  add(operator: string, ...inputs: string[]): string {
    return this.with({}, operator, ...inputs);
  }

  with(attributes: NonNullable<OnnxNode['attributes']>, operator: string, ...inputs: string[]): string {
    const output = `x${this.nodes.length}`;
    this.nodes.push({ operator, inputs, output, attributes });
    return output;
  }
}

/** Missing values filled where the scaling says so; then (t(x) − offset) · factor, rounded to 32 bits, t(x) = sign(x) · log(1 + |x|) or x. */
function scaled(graph: Graph, { method, offset, factor, fill }: Scaling): string {
  const isRaw = method === 'none';
  let x = isRaw ? 'features' : graph.with({ to: double }, 'Cast', 'features');
  if (fill !== undefined) {
    const values = isRaw ? Float32Array.from(fill) : Float64Array.from(fill);
    x = graph.add('Where', graph.add('IsNaN', 'features'), graph.constant({ values, shape: [fill.length] }), x);
  }
  if (isRaw) return x;
  if (method === 'log-standardise') {
    const one = graph.constant({ values: Float64Array.of(1), shape: [] });
    const log = graph.add('Log', graph.add('Add', graph.add('Abs', x), one));
    x = graph.add('Mul', graph.add('Sign', x), log);
  }
  const F = offset.length;
  x = graph.add('Sub', x, graph.constant({ values: Float64Array.from(offset), shape: [F] }));
  x = graph.add('Mul', x, graph.constant({ values: Float64Array.from(factor), shape: [F] }));
  return graph.with({ to: float }, 'Cast', x);
}

/** gain · (x − mean)/√(variance + ε), of each row. */
function normalised(graph: Graph, x: string, gain: Float32Array): string {
  const mean = (of: string) => graph.with({ axes: [1], keepdims: 1 }, 'ReduceMean', of);
  const centred = graph.add('Sub', x, mean(x));
  const variance = graph.add('Add', mean(graph.add('Mul', centred, centred)), graph.constant({ float: normEpsilon }));
  const scaledRow = graph.add('Div', centred, graph.add('Sqrt', variance));
  return graph.add('Mul', scaledRow, graph.constant({ values: gain, shape: [gain.length] }));
}
