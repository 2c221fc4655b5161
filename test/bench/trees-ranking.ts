import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { QuerySet } from '../../src/data/query-set.ts';
import { readSplits } from '../../src/data/read-splits.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { gains } from '../../src/label-gains.ts';
import { wholeBatch } from '../../src/learners/batches.ts';
import { rankingLearner } from '../../src/learners/ranking-learner.ts';
import { losses } from '../../src/losses/index.ts';
import { ndcg } from '../../src/metrics/ndcg.ts';
import { rankLabels } from '../../src/metrics/rank-labels.ts';
import { boostedTrees, boostedTreesOptions } from '../../src/models/boosted-trees.ts';
import { permutation } from '../../src/random/permutation.ts';
import { createRng } from '../../src/random/rng.ts';
import { meanEstimate } from '../../src/stats/index.ts';
import type { BenchLine } from './bench-line.ts';

const samples = ['yahoo-lightgbm', 'mslr-web10k-sample'];
const [folds, rounds, leaves] = [5, 100, 31];
/** Of leaves: as XGBoost has them, and the defaults. */
const rules = {
  'as XGBoost': { minimumLeafDocuments: 1, minimumLeafCurvature: 1 },
  'so, half of the features a tree': { minimumLeafDocuments: 1, minimumLeafCurvature: 1, featureFraction: 0.5 },
  'with defaults': {},
};

/**
 * NDCG@10 of LambdaMART on true labels, 100 trees of 31 leaves, beside XGBoost's rank:ndcg and rank:pairwise where the Python of `$PYTHON` has it: five folds over all
 * queries of the samples beside the repository, so that each is held out once. Differences are with half the 95 % interval over queries.
 * @param repeats how often queries are shared out anew, a query's value being its mean
 */
export async function benchTreesRanking(repeats = 3): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const name of samples) {
    const folder = resolve('../shared/data/ltr', name);
    if (!existsSync(folder)) console.error(`trees on ${name} are not measured: no folder "${folder}"`);
    else lines.push(...(await ofSample(name, joined(Object.values(await readSplits(folder)).slice(0, 3) as QuerySet[]), repeats)));
  }
  return lines;
}

async function ofSample(name: string, queries: QuerySet, repeats: number): Promise<BenchLine[]> {
  const parts = Array.from({ length: repeats }, (_, r) => foldsOf(queries, `folds ${r}`)).flat();
  const theirs = await xgboost(parts);
  const own = Object.entries(rules).map(([words, rule]) => [words, pooled(queries, parts, (part) => ours(part, rule))] as const);
  const reference = theirs && pooled(queries, parts, (_, p) => theirs.ndcg[p]);
  const value = (values: Float64Array) => meanEstimate(values).value;
  const of = (what: string, values: Float64Array): BenchLine => {
    const difference = reference && reference !== values && meanEstimate(values.map((x, q) => x - reference[q]));
    const half = difference ? (difference.upper - difference.lower) / 2 : 0;
    const told = difference ? `, ${difference.value.toFixed(4)} ± ${half.toFixed(4)} over rank:ndcg` : '';
    return { name: `${name}, ${values.length} queries, ${what}${told}`, value: value(values), unit: 'NDCG@10' };
  };
  return [
    ...own.map(([words, values]) => of(`lambda-loss ${words}`, values)),
    ...(theirs && reference
      ? [
          of(`XGBoost ${theirs.version} rank:ndcg`, reference),
          of(
            'rank:pairwise',
            pooled(queries, parts, (_, p) => theirs.pairwise[p]),
          ),
        ]
      : []),
  ];
}

/** Queries that are trained on and that are not, by their places in the whole. */
interface Part {
  readonly name: string;
  readonly train: QuerySet;
  readonly held: QuerySet;
  readonly heldQueries: readonly number[];
}

export function foldsOf(all: QuerySet, seed: string): Part[] {
  const order = permutation(all.queryIds.length, createRng(seed));
  return Array.from({ length: folds }, (_, f) => {
    const heldQueries = [...order].filter((_, i) => i % folds === f);
    const trained = [...order].filter((_, i) => i % folds !== f);
    return { name: `${seed.replace(' ', '-')}-${f}`, train: chosen(all, trained), held: chosen(all, heldQueries), heldQueries };
  });
}

/** NDCG@10 of each query, a mean over the parts that hold it out; of queries with something relevant. */
function pooled(all: QuerySet, parts: readonly Part[], ndcgOf: (part: Part, p: number) => Float64Array): Float64Array {
  const [sums, counts] = [new Float64Array(all.queryIds.length), new Float64Array(all.queryIds.length)];
  parts.forEach((part, p) => {
    ndcgOf(part, p).forEach((value, i) => {
      sums[part.heldQueries[i]] += value;
      counts[part.heldQueries[i]]++;
    });
  });
  return sums.map((sum, q) => sum / counts[q]).filter((value) => !Number.isNaN(value));
}

/** NaN of a query without anything relevant. */
export function ndcgAt10({ labels, offsets }: QuerySet, scores: Float32Array): Float64Array {
  const { ranked, ties } = rankLabels(scores, labels, offsets);
  return ndcg(ranked, offsets, { cutoff: 10, ties, emptyQueries: 'skip' });
}

function ours({ train, held }: Part, rule: object): Float64Array {
  const options = decodeOptions('trees', boostedTreesOptions, { leaves, ...rule });
  const scorer = boostedTrees(train.featureCount, options, createRng('trees'));
  const loss = losses['lambda-loss'].create({ mu: 0, normalise: true });
  const untrained = { optimiser: { name: 'none', step: () => {} }, maximumGradientNorm: null, l2: 0, normaliser: 'sessions' } as const;
  const learner = rankingLearner({ ...untrained, scorer, loss }, null);
  const weights = Float64Array.from(train.labels, gains.exponential);
  const sessions = new Float64Array(train.queryIds.length).fill(1);
  const batch = wholeBatch(train, { offsets: train.offsets, docs: Uint32Array.from(train.labels.keys()), weights, sessions });
  for (let t = 0; t < rounds; t++) learner.step(batch);
  return ndcgAt10(held, scorer.score(held.features));
}

/** @returns null, told why, where the Python has none */
async function xgboost(parts: readonly Part[]) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-trees-'));
  const write = (name: string, values: Float32Array | Int32Array) =>
    writeFile(join(folder, name), Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  try {
    await writeFile(join(folder, 'folds.json'), JSON.stringify(parts.map(({ name, train }) => ({ name, features: train.featureCount }))));
    for (const { name, ...sets } of parts)
      for (const key of ['train', 'held'] as const) {
        const { features, labels, offsets } = sets[key];
        await write(`${name}-${key}-x`, features);
        await write(`${name}-${key}-y`, labels);
        await write(
          `${name}-${key}-q`,
          Int32Array.from({ length: offsets.length - 1 }, (_, q) => offsets[q + 1] - offsets[q]),
        );
      }
    const words = ['test/bench/xgboost-ranking.py', folder, rounds, leaves].map(String);
    const { stdout } = await promisify(execFile)(process.env.PYTHON ?? 'python3', words, { env: { ...process.env, OMP_NUM_THREADS: '1' } });
    const ndcgOf = (objective: string) =>
      Promise.all(
        parts.map(async ({ name, held }) => {
          const bytes = await readFile(join(folder, `${name}-${objective}`));
          return ndcgAt10(held, new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)));
        }),
      );
    return { version: stdout.trim(), ndcg: await ndcgOf('rank:ndcg'), pairwise: await ndcgOf('rank:pairwise') };
  } catch (error) {
    console.error(`XGBoost is not measured ($PYTHON names a Python that has it): ${(error as Error).message.trim().split('\n').at(-1)}`);
    return null;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const joined = (sets: readonly QuerySet[]): QuerySet => {
  const { featureCount } = sets[0];
  const sizes = sets.flatMap(({ offsets }) => Array.from({ length: offsets.length - 1 }, (_, q) => offsets[q + 1] - offsets[q]));
  const offsets = new Uint32Array(sizes.length + 1);
  sizes.forEach((size, q) => {
    offsets[q + 1] = offsets[q] + size;
  });
  const features = new Float32Array(offsets[sizes.length] * featureCount);
  const labels = new Float32Array(offsets[sizes.length]);
  let at = 0;
  for (const set of sets) {
    features.set(set.features, at * featureCount);
    labels.set(set.labels, at);
    at += set.labels.length;
  }
  return { queryIds: sizes.map((_, q) => String(q)), docIds: [], offsets, features, featureCount, labels };
};

/** Some queries, in that order. */
function chosen({ offsets, features, labels, featureCount }: QuerySet, queries: readonly number[]): QuerySet {
  return joined(
    queries.map((q) => ({
      queryIds: [String(q)],
      docIds: [],
      offsets: Uint32Array.of(0, offsets[q + 1] - offsets[q]),
      features: features.subarray(offsets[q] * featureCount, offsets[q + 1] * featureCount),
      featureCount,
      labels: labels.subarray(offsets[q], offsets[q + 1]),
    })),
  );
}
