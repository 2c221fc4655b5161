import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { boostedTrees } from '../../src/models/boosted-trees.ts';
import type { Boosting } from '../../src/models/scorer.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import { createRng } from '../../src/random/rng.ts';
import type { BenchLine } from './bench-line.ts';

export interface TreeSizes {
  readonly rows: number;
  readonly features: number;
  readonly rounds: number;
}
const standard: TreeSizes = { rows: 100_000, features: 136, rounds: 500 };
const leaves = 31;

/** 500 trees of 31 leaves to squared errors, features binned anew: here, and in XGBoost where the Python of `$PYTHON` has it. One after the other, processor time. */
export async function benchTrees(sizes: TreeSizes = standard): Promise<BenchLine[]> {
  const data = syntheticRows(sizes);
  const ours = fitTrees(data, sizes);
  const theirs = await xgboost(data, sizes);
  const what = `${sizes.rounds} trees of ${leaves} leaves, ${sizes.rows.toLocaleString('en')} × ${sizes.features}`;
  const error = (value: number) => `mean squared error ${value.toPrecision(3)}`;
  return [
    {
      name: `${what} (${error(ours.error)})`,
      value: ours.seconds,
      unit: 's',
      ...(theirs && { ratio: theirs.seconds / ours.seconds, baseline: 'as fast as XGBoost' }),
    },
    ...(theirs
      ? [{ name: `the same in XGBoost ${theirs.version}, hist, one thread (${error(theirs.error)})`, value: theirs.seconds, unit: 's' }]
      : []),
  ];
}

interface Rows {
  readonly features: Float32Array;
  readonly targets: Float32Array;
}

/** Gaussian features; the target is a sum of them with noise, cut into grades. */
function syntheticRows({ rows, features: F }: TreeSizes): Rows {
  const rng = createRng('trees');
  const features = Float32Array.from({ length: rows * F }, () => gaussian(rng));
  const weights = Float32Array.from({ length: F }, () => gaussian(rng) / Math.sqrt(F));
  const targets = Float32Array.from({ length: rows }, (_, d) => {
    let sum = gaussian(rng);
    for (let f = 0; f < F; f++) sum += weights[f] * features[d * F + f];
    return Math.min(4, Math.max(0, Math.floor(sum)));
  });
  return { features, targets };
}

export function fitTrees(
  { features, targets }: Rows,
  { features: F, rounds }: TreeSizes,
): { readonly seconds: number; readonly error: number } {
  const n = targets.length;
  const options = { learningRate: 0.1, leaves, maximumDepth: null, minimumLeafDocuments: 1, minimumLeafCurvature: 20, l2: 1, bins: 255 };
  const scorer = boostedTrees(F, { ...options, featureFraction: 1, listFraction: 1 }, createRng('trees'));
  const lists = {
    features,
    rows: Uint32Array.from(targets.keys()),
    offsets: Uint32Array.from({ length: n + 1 }, (_, d) => d),
    sessions: new Float64Array(n).fill(1),
  };
  const { round } = scorer.boosting as Boosting;
  const start = process.cpuUsage();
  for (let t = 0; t < rounds; t++)
    round(lists, (scores, gradient, curvature) => {
      for (let d = 0; d < n; d++) gradient[d] = (scores[d] - targets[d]) / n;
      curvature?.fill(1 / n);
      return 0;
    });
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const error = scorer.score(features).reduce((sum, score, d) => sum + (score - targets[d]) ** 2, 0) / n;
  return { seconds, error };
}

/** @returns null, told why, where the Python has none */
async function xgboost({ features, targets }: Rows, { rows, features: F, rounds }: TreeSizes) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-trees-'));
  const file = join(folder, 'rows.bin');
  try {
    await writeFile(file, Buffer.concat([Buffer.from(features.buffer), Buffer.from(targets.buffer)]));
    const words = ['test/bench/xgboost-trees.py', file, rows, F, rounds, leaves].map(String);
    const { stdout } = await promisify(execFile)(process.env.PYTHON ?? 'python3', words, { env: { ...process.env, OMP_NUM_THREADS: '1' } });
    const [seconds, error, version] = stdout.trim().split(' ');
    return { seconds: Number(seconds), error: Number(error), version };
  } catch (error) {
    console.error(`XGBoost is not measured ($PYTHON names a Python that has it): ${(error as Error).message.trim().split('\n').at(-1)}`);
    return null;
  } finally {
    await rm(folder, { recursive: true });
  }
}
