import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { adam } from '../../src/learners/adam.ts';
import type { Optimiser } from '../../src/learners/optimiser.ts';
import { listwiseSoftmax } from '../../src/losses/index.ts';
import type { DenseScorer, ScoreLoss } from '../../src/models/scorer.ts';
import { scorerLayers } from '../../src/models/scorer-layers.ts';
import { newMlp, scorers } from '../../src/models/scorers.ts';
import { createRng } from '../../src/random/rng.ts';
import { openBackend } from '../../src/tensor/backend.ts';
import { layerParameters } from '../../src/tensor/dense-network.ts';
import type { BenchLine } from './bench-line.ts';

/** Sizes of a step: L lists of K documents with F features, and the hidden layers. */
export interface StepSizes {
  readonly lists: number;
  readonly documents: number;
  readonly features: number;
  readonly hidden: readonly number[];
}

const standard: StepSizes = { lists: 256, documents: 10, features: 136, hidden: [512, 256, 128] };
const adamOptions = { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/**
 * A training step (forward, softmax loss, backward, Adam): the MLP on each backend that opens, the same with the stock gradients of TensorFlow.js on
 * wasm, the linear scorer, and the MLP in PyTorch where it is installed. Medians; those without native code take turns, so that noise of the machine
 * meets them alike.
 */
export async function benchMlpStep(): Promise<BenchLine[]> {
  await openBackend('wasm');
  const { ours, stock, linear } = trainingSteps(standard);
  const natives = await nativeSteps();
  const [oursMs, stockMs, linearMs] = medianTimes([ours, stock, linear], 2, 7);
  const nativeMs = natives.map(({ step }) => medianTimes([step], 5, 20)[0]); // as PyTorch has the caches for itself
  const torch = await torchStep(standard);
  const sizes = `${standard.features}-${standard.hidden.join('-')}-1, ${standard.lists} lists × ${standard.documents}`;
  return [
    {
      name: `MLP training step, wasm (${sizes})`,
      value: oursMs,
      unit: 'ms',
      ratio: stockMs / oursMs,
      baseline: 'as fast as stock gradients',
    },
    { name: 'the same step with stock TensorFlow.js gradients', value: stockMs, unit: 'ms' },
    { name: 'arithmetic of the MLP step', value: stepOperations(standard) / oursMs / 1e6, unit: 'GFLOP/s' },
    ...(torch ? [{ name: `the same step in PyTorch ${torch.version}, one thread`, value: torch.ms, unit: 'ms' }] : []),
    ...natives.flatMap(({ name }, n) => {
      const [line, value] = [`the same step, ${name}`, nativeMs[n]];
      return [
        { name: line, value, unit: 'ms', ratio: oursMs / value, baseline: 'as fast as wasm' },
        ...(torch ? [{ name: line, value, unit: 'ms', ratio: torch.ms / value, baseline: 'as fast as PyTorch' }] : []),
      ];
    }),
    { name: 'linear training step', value: linearMs, unit: 'ms', ratio: oursMs / linearMs, baseline: 'as fast as the MLP step' },
  ];
}

/** The step on the backends without TensorFlow that open here; of the others it is told why they do not. */
async function nativeSteps(): Promise<{ readonly name: string; readonly step: () => unknown }[]> {
  const steps: { name: string; step: () => unknown }[] = [];
  for (const backend of ['blas', 'onnxruntime'] as const)
    try {
      await openBackend(backend);
      steps.push({ name: backend, step: trainingSteps(standard).ours });
    } catch (error) {
      console.error((error as Error).message);
    }
  return steps;
}

/** The step in PyTorch, by the Python of $PYTHON; null, told why, where it has none. */
async function torchStep({
  lists,
  documents,
  features,
  hidden,
}: StepSizes): Promise<{ readonly ms: number; readonly version: string } | null> {
  const words = ['test/bench/torch-step.py', lists, documents, features, ...hidden].map(String);
  try {
    const { stdout } = await promisify(execFile)(process.env.PYTHON ?? 'python3', words, {
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
    });
    const [ms, version] = stdout.trim().split(' ');
    return { ms: Number(ms), version };
  } catch (error) {
    console.error(`PyTorch is not measured ($PYTHON names a Python that has it): ${(error as Error).message.trim().split('\n').at(-1)}`);
    return null;
  }
}

/** One call of each is one training step on the same lists; each answers the loss before its step. */
export function trainingSteps({ lists, documents, features: F, hidden }: StepSizes): Record<'ours' | 'stock' | 'linear', () => number> {
  const rng = createRng('mlp-step');
  const rows = lists * documents;
  const features = Float32Array.from({ length: rows * F }, () => rng.next() - 0.5);
  const weights = Float64Array.from({ length: rows }, () => (rng.next() < 0.3 ? rng.next() : 0));
  const offsets = Uint32Array.from({ length: lists + 1 }, (_, l) => l * documents);
  const batch = { offsets, weights, sessions: new Float64Array(lists).fill(1) };
  const loss: ScoreLoss = (scores, gradient) => listwiseSoftmax.value(scores, batch, gradient);
  const network = newMlp({ hidden: [...hidden], activation: 'elu' }, F, rng.fork('init'));
  const sum = scorers.linear.create({}, F, rng.fork('init'));
  return {
    stock: stockStep(network, features, loss), // before `ours` moves the parameters it starts from
    ours: scorerStep(network, features, loss),
    linear: scorerStep(sum, features, loss),
  };
}

function scorerStep(scorer: DenseScorer, features: Float32Array, loss: ScoreLoss): () => number {
  const gradient = new Float32Array(scorer.parameters.length);
  const optimiser: Optimiser = adam.create(adamOptions, gradient.length);
  return () => {
    const value = scorer.lossGradient(features, loss, gradient);
    optimiser.step(scorer.parameters, gradient);
    return value;
  };
}

/** The step as a user of TensorFlow.js would write it: variables, matMul, add, elu and its own Adam; the loss is the same as ours. */
function stockStep({ architecture, parameters }: DenseScorer, features: Float32Array, loss: ScoreLoss): () => number {
  registerStockGradients();
  const layers = scorerLayers(architecture);
  const variables = layerParameters(layers, parameters).map(({ weights, bias }, l) => ({
    w: tf.variable(tf.tensor2d(weights.slice(), [layers[l].inputs, layers[l].outputs])),
    b: tf.variable(tf.tensor1d(bias.slice())),
  }));
  const optimiser = tf.train.adam(adamOptions.learningRate, adamOptions.beta1, adamOptions.beta2, adamOptions.epsilon);
  const lossOf = tf.customGrad<tf.Scalar>((scores) => {
    const gradient = new Float32Array((scores as tf.Tensor).size);
    const value = tf.scalar(loss((scores as tf.Tensor).dataSync<'float32'>(), gradient));
    return { value, gradFunc: (dy) => tf.mul(dy, tf.tensor2d(gradient, [gradient.length, 1])) };
  });
  return () =>
    tf.tidy(() => {
      const x = tf.tensor2d(features, [features.length / architecture.featureCount, architecture.featureCount]);
      const forward = () =>
        variables.reduce<tf.Tensor>((h, { w, b }, l) => {
          const z = tf.add(tf.matMul(h, w), b);
          return layers[l].activation === 'elu' ? tf.elu(z) : z;
        }, x);
      return (optimiser.minimize(() => lossOf(forward()), true) as tf.Scalar).dataSync()[0];
    });
}

/** TensorFlow.js's own gradients of these three: the `core` package leaves them out in Node, the whole bundle registers them just so. */
function registerStockGradients(): void {
  const registerOnce = (gradient: tf.GradConfig) => tf.getGradient(gradient.kernelName) ?? tf.registerGradient(gradient);
  registerOnce({
    kernelName: tf.BatchMatMul,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => ({
      a: () => tf.matMul(dy as tf.Tensor, b, false, true),
      b: () => tf.matMul(a, dy as tf.Tensor, true, false),
    }),
  });
  registerOnce({
    kernelName: tf.Add,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b]) => ({ a: () => reduceTo(a, dy as tf.Tensor), b: () => reduceTo(b, dy as tf.Tensor) }),
  });
  registerOnce({
    kernelName: tf.Elu,
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => tf.engine().runKernel(tf.EluGrad, { dy: dy as tf.Tensor, y }) as tf.Tensor }),
  });
}

/** Sums over the axes along which `of` was broadcast. */
function reduceTo(of: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(of.shape, dy.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, of.shape);
}

/** Floating-point operations of the products: forward and weights' gradient in every layer, inputs' gradient in all but the first. */
function stepOperations({ lists, documents, features, hidden }: StepSizes): number {
  const sizes = [features, ...hidden, 1];
  const products = sizes.slice(1).map((outputs, l) => (l === 0 ? 2 : 3) * sizes[l] * outputs);
  return 2 * lists * documents * products.reduce((sum, product) => sum + product, 0);
}

/** Median milliseconds of each task over `rounds`, after `warmUp` rounds; every round runs each task once. */
function medianTimes(tasks: readonly (() => unknown)[], warmUp: number, rounds: number): number[] {
  const times: number[][] = tasks.map(() => []);
  for (let round = 0; round < warmUp + rounds; round++)
    tasks.forEach((task, t) => {
      const start = performance.now();
      task();
      if (round >= warmUp) times[t].push(performance.now() - start);
    });
  return times.map((sample) => sample.sort((a, b) => a - b)[rounds >> 1]);
}
