import { itemExposure } from '../../estimators/recommendation/exposure/index.ts';
import { expoMfOptions, fitExpoMf, implicitRecommenders } from '../../estimators/recommendation/index.ts';
import { InteractionBuilder } from '../../src/data/interactions/interaction-builder.ts';
import type { InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { type OpensKernels, openKernels } from '../../src/kernels/kernels.ts';
import { holdOutPairs } from '../../src/learners/held-out-pairs.ts';
import { sampledPairs } from '../../src/learners/pair-sampler.ts';
import { pairTrainingOptions } from '../../src/learners/pair-training-options.ts';
import type { ChosenOptimiser } from '../../src/learners/row-optimiser.ts';
import { pairLosses, sigmoid } from '../../src/losses/pair-loss.ts';
import { matrixFactorisation } from '../../src/models/matrix-factorisation.ts';
import { createRng } from '../../src/random/rng.ts';
import type { BenchLine } from './bench-line.ts';

/** Sizes of MovieLens 100K. */
const [users, items] = [943, 1682];
const [dimension, batch] = [32, 4096];
const sgd: ChosenOptimiser = { name: 'sgd', learningRate: 0.05, momentum: 0 };
const adam: ChosenOptimiser = { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export interface RecommendationSizes {
  readonly updates: number;
  readonly steps: number;
  readonly interactions: number;
  readonly expoMf: { readonly users: number; readonly dimension: number };
}
const standard: RecommendationSizes = { updates: 5_000_000, steps: 2000, interactions: 10_000_000, expoMf: { users: 600, dimension: 200 } };

/** User–item updates per second of processor time, Rel-MF training at the size of MovieLens 100K, and the memory of 10⁷ interactions. */
export function benchRecommendation(sizes: RecommendationSizes = standard): BenchLine[] {
  const updates = [sgd, adam].flatMap((optimiser) => updateLines(optimiser, sizes.updates));
  const before = memory();
  const log = syntheticLog(sizes.interactions, Math.ceil(sizes.interactions / 100), 20_000);
  const batches = sampledPairs(
    log,
    { batch, clickedShare: 0.5, reweighted: true },
    holdOutPairs(0.1, createRng('held-out')),
    createRng('batches'),
  );
  for (let k = 0; k < 10; k++) batches.next();
  const gigabytes = (memory() - before) / 1e9;
  return [
    ...updates,
    {
      name: `Rel-MF of ${users} × ${items} pairs, ${sizes.steps} steps of ${batch}, dimension ${dimension}`,
      value: relMfSeconds(sizes.steps),
      unit: 's',
    },
    ...expoMfLines(sizes.expoMf),
    {
      name: `growth of memory by building, and sampling from, a log of ${log.items.length.toLocaleString('en')} interactions`,
      value: gigabytes,
      unit: 'GB',
    },
  ];
}

const memory = () => process.memoryUsage().rss;
/** Seconds of processor time: what another process does on the machine does not count. */
const processorSeconds = () => process.cpuUsage().user / 1e6;

/** An update: the score of a pair, the derivative of its log loss, and its part of the step of a batch. */
function updateLines(optimiser: ChosenOptimiser, updates: number): BenchLine[] {
  const [ours, plain] = [openKernels, () => null].map((open) => updatesPerSecond(optimiser, updates, open));
  const name = `user–item updates, dimension ${dimension}, ${optimiser.name}, per second of one core`;
  return [
    { name, value: ours, unit: 'updates/s', ratio: ours / plain, baseline: 'as many as in plain TypeScript' },
    { name: 'the same in plain TypeScript', value: plain, unit: 'updates/s' },
  ];
}

function updatesPerSecond(optimiser: ChosenOptimiser, updates: number, open: OpensKernels): number {
  const model = matrixFactorisation(
    { dimension, biases: true, initialScale: 0.1, initialBias: 0 },
    { users, items, optimiser, l2: 1e-5 },
    createRng('bench'),
    open,
  );
  const rng = createRng('pairs');
  const [user, item] = [new Uint32Array(batch), new Uint32Array(batch)];
  for (let b = 0; b < batch; b++) {
    user[b] = Math.floor(rng.next() * users);
    item[b] = Math.floor(rng.next() * items);
  }
  const [scores, derivative] = [new Float32Array(batch), new Float32Array(batch)];
  const run = (count: number) => {
    const start = processorSeconds();
    for (let done = 0; done < count; done += batch) {
      model.score(user, item, batch, scores);
      for (let b = 0; b < batch; b++) derivative[b] = (sigmoid(scores[b]) - (b & 1)) / batch;
      model.step(user, item, batch, derivative);
    }
    return count / (processorSeconds() - start);
  };
  run(updates / 10); // warms the compiler
  return run(updates);
}

function relMfSeconds(steps: number): number {
  const log = syntheticLog(20_000, users, items);
  const theta = Float64Array.from({ length: items }, (_, item) => 1 / (1 + item / 100));
  const training = decodeOptions('training', pairTrainingOptions, { steps, batch, patience: null });
  const start = processorSeconds();
  implicitRecommenders.ips.create({ heldOutClip: 0 })({
    log,
    exposure: itemExposure(log, theta, []),
    oracle: null,
    loss: pairLosses.log,
    target: () => 1,
    training,
    rng: createRng('rel-mf'),
    newModel: () =>
      matrixFactorisation(
        { dimension, biases: true, initialScale: 0.1, initialBias: 0 },
        { users, items, optimiser: adam, l2: 1e-5 },
        createRng('init'),
      ),
  });
  return processorSeconds() - start;
}

function expoMfLines({ users: userCount, dimension: factors }: RecommendationSizes['expoMf']): BenchLine[] {
  const log = syntheticLog(20 * userCount, userCount, 1000);
  const options = decodeOptions('expo-mf', expoMfOptions, { dimension: factors, iterations: 1 });
  const [ours, plain] = [openKernels, () => null].map((open) => {
    const start = processorSeconds();
    fitExpoMf(log, options, createRng('expo-mf'), open);
    return processorSeconds() - start;
  });
  const name = `an iteration of ExpoMF, ${userCount} × 1000 pairs, dimension ${factors}`;
  return [
    { name, value: ours, unit: 's', ratio: plain / ours, baseline: 'as fast as plain TypeScript' },
    { name: 'the same in plain TypeScript', value: plain, unit: 's' },
  ];
}

/** As many interactions of popular items, spread over the users, through the builder that every reader goes through. */
function syntheticLog(interactions: number, userCount: number, itemCount: number): InteractionLog {
  const builder = new InteractionBuilder({ file: 'bench' });
  const perUser = Math.ceil(interactions / userCount);
  for (let u = 0; u < userCount; u++)
    for (let k = 0; k < perUser && builder.length < interactions; k++)
      builder.add(
        { user: `u${u}`, item: `i${Math.floor((itemCount * ((k + ((u * 0.618) % 1)) / perUser) ** 2) % itemCount)}`, click: 1 },
        u,
      );
  return builder.build();
}
