import { decodeStudy } from '../../experiments/catalogue/read-study.ts';
import { runTask } from '../../experiments/engine/run-task.ts';
import type { StageCache } from '../../experiments/engine/stage-cache.ts';
import { builtInParts } from '../../experiments/parts/parts.ts';
import { meansOf } from '../../experiments/tables/run-result.ts';
import type { BiasConfig } from '../../experiments/tasks/bias/bias-config.ts';
import { biasLogs } from '../../experiments/tasks/bias/bias-logs.ts';
import { diagnosed } from '../../experiments/tasks/bias/diagnosed.ts';
import { recommendation } from '../../experiments/tasks/own-log/recommendation.ts';
import { UsageError } from '../../src/errors.ts';
import type { BenchLine } from './bench-line.ts';

/** A kind of simulated log. */
export interface World {
  readonly clickModel: string;
  readonly sessions: number;
  readonly temperature: number; // 0: one list a query, no document moves
  readonly queries?: number;
}

/** Bias kinds × sizes × overlap: 40 logs. */
export const worlds: readonly World[] = ['position-based', 'trust-bias', 'cascade', 'dynamic-bayesian'].flatMap((clickModel) =>
  [1e3, 5e3, 2e4, 1e5, 1e6].flatMap((sessions) => [0, 0.5].map((temperature) => ({ clickModel, sessions, temperature }))),
);

const dbn = { clickModel: 'dynamic-bayesian' };
/** All that could be recommended, and some that fuse bias and ranker. */
const candidates: readonly (object | string)[] = [
  'naive',
  ...['ips', 'clipped-ips', 'policy-aware-ips', 'doubly-robust'].map((weighting) => ({ bias: 'all-pairs', weighting })),
  ...[dbn, { clickModel: 'user-browsing' }].flatMap((bias) => ['ips', 'clipped-ips'].map((weighting) => ({ bias, weighting }))),
  ...['ips', 'clipped-ips', 'doubly-robust'].map((weighting) => ({ bias: 'regression-em', weighting })),
  { bias: 'trust-bias', weighting: 'affine' },
  'dual-learning',
  'regression-em',
];

/** What is drawn, kept for all methods of a world. */
function kept(): StageCache {
  const stages = new Map<string, unknown>();
  return {
    async get<T>(stage: string, key: unknown, _: unknown, compute: () => T | Promise<T>): Promise<T> {
      const name = JSON.stringify([stage, key]);
      if (!stages.has(name)) stages.set(name, await compute());
      return stages.get(name) as T;
    },
  };
}

export interface Advised {
  readonly world: World;
  readonly recommended: string;
  readonly value: number; // NDCG@10 by true labels, of all documents of the queries of the log
  readonly best: string;
  readonly bestValue: number;
  readonly values: Readonly<Record<string, number | string>>; // by candidate; why it was refused
}

const named = (choice: object | string) => (typeof choice === 'string' ? choice : JSON.stringify(choice).replaceAll(/["{}]/g, ''));

/** What the log is said to be learnt from by, against all candidates by the truth. */
export async function advise(world: World, seed = '1', among = candidates): Promise<Advised> {
  const stages = kept();
  const { clickModel, sessions, temperature, queries = 400 } = world;
  const base = {
    ...{
      task: 'own-log',
      seeds: [seed],
      baseline: null,
      data: { synthetic: { trainQueries: queries, validationQueries: 2, testQueries: 2 } },
    },
    simulation: {
      clickModel,
      sessions,
      temperature,
      listsPerQuery: temperature > 0 ? 10 : 1,
      validationSessions: 0,
      randomisedSessions: 0,
    },
    evaluation: { bias: { name: 'given', examination: Array.from({ length: 10 }, (_, k) => 1 / (k + 1)) } },
  };
  const measure = async (estimator: object | string): Promise<number | string> => {
    try {
      const { config, task } = decodeStudy({ ...base, estimators: [estimator] }, 'the bench');
      const { result } = await runTask(task, config, { stages });
      return meansOf(result)[0][0][0];
    } catch (fault) {
      if (!(fault instanceof UsageError)) throw fault;
      return fault.message;
    }
  };
  const { config } = decodeStudy({ ...base, estimators: ['naive'] }, 'the bench');
  const { ofSeed } = await biasLogs(builtInParts, config as unknown as BiasConfig, stages);
  const found = diagnosed(builtInParts, config as unknown as BiasConfig, 'simulated', await ofSeed(seed), null);
  const { label: _, ...advised } = recommendation(found, false, { bias: null, weighting: null }).estimator as { readonly label?: string };
  const chosen = 'weighting' in advised ? advised : 'naive';
  const name = (choice: object | string) =>
    named(typeof choice === 'string' || !('bias' in choice) ? choice : { ...choice, bias: plain(choice.bias) });
  const values: Record<string, number | string> = {};
  for (const candidate of [chosen, ...among]) values[name(candidate)] ??= await measure(candidate);
  const numbers = Object.entries(values).filter((one): one is [string, number] => typeof one[1] === 'number');
  const [best, bestValue] = numbers.reduce((top, one) => (one[1] > top[1] ? one : top));
  return { world, recommended: name(chosen), value: Number(values[name(chosen)]), best, bestValue, values };
}

const plain = (bias: unknown) =>
  typeof bias === 'object' && bias !== null && 'name' in bias && Object.keys(bias).length === 1 ? bias.name : bias;

/** NDCG@10 that the recommendation leaves to the best candidate, log by log; and in how many it leaves no more than 0.01. */
export async function benchAdvice(seeds = ['1']): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  let within = 0;
  for (const seed of seeds)
    for (const world of worlds) {
      const { recommended, value, best, bestValue, values } = await advise(world, seed);
      if (bestValue - value <= 0.01) within++;
      const { clickModel, sessions, temperature } = world;
      if (process.env.ALL_VALUES) console.error(JSON.stringify({ ...world, seed, recommended, values }));
      lines.push({
        name: `${clickModel}, ${sessions.toLocaleString('en')} sessions, temperature ${temperature}: ${recommended} ${value.toFixed(4)}, best ${best} ${bestValue.toFixed(4)}`,
        value: bestValue - value,
        unit: 'NDCG@10',
      });
    }
  return [...lines, { name: `within 0.01 of the best, of ${seeds.length * worlds.length} logs`, value: within, unit: 'logs' }];
}
