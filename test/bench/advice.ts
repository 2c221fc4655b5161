import { decodeStudy } from '../../experiments/catalogue/read-study.ts';
import { runTask } from '../../experiments/engine/run-task.ts';
import type { StageCache } from '../../experiments/engine/stage-cache.ts';
import { builtInParts } from '../../experiments/parts/parts.ts';
import { meansOf } from '../../experiments/tables/run-result.ts';
import type { BiasConfig } from '../../experiments/tasks/bias/bias-config.ts';
import { biasLogs } from '../../experiments/tasks/bias/bias-logs.ts';
import { diagnosed } from '../../experiments/tasks/bias/diagnosed.ts';
import { recommendation } from '../../experiments/tasks/own-log/recommendation.ts';
import type { BenchLine } from './bench-line.ts';

/** A kind of simulated log. */
export interface World {
  readonly clickModel: string;
  readonly sessions: number;
  readonly temperature: number; // 0: one list a query, no document moves
  readonly queries?: number;
}

const worldsOf = (sizes: readonly number[]): readonly World[] =>
  ['position-based', 'trust-bias', 'cascade', 'dynamic-bayesian'].flatMap((clickModel) =>
    sizes.flatMap((sessions) => [0, 0.5].map((temperature) => ({ clickModel, sessions, temperature }))),
  );

/** Bias kinds × sizes × overlap: 40 logs, of 100 sessions a query and more. */
export const worlds = worldsOf([1e4, 3e4, 1e5, 3e5, 1e6]);

/** Of fewer, where one draw of clicks moves a ranker by more than 0.01. */
export const smallWorlds = worldsOf([1e3, 3e3]);

const ofBias = (bias: string | object, ...weightings: string[]) => weightings.map((weighting) => ({ bias, weighting }));
const ofModel = (clickModel: string, ...weightings: string[]) => ofBias({ clickModel }, ...weightings);

/** All that could be recommended. By regression EM where no document moves: else it takes minutes, and all-pairs tells the bias without it. */
const candidatesOf = ({ temperature }: World): readonly (object | string)[] => [
  'naive',
  ...(temperature > 0
    ? [
        ...ofBias('all-pairs', 'ips', 'clipped-ips', 'policy-aware-ips', 'doubly-robust'),
        ...['dynamic-bayesian', 'user-browsing'].flatMap((model) => ofModel(model, 'ips')),
      ]
    : [
        ...ofBias('regression-em', 'ips', 'clipped-ips'),
        ...['dynamic-bayesian', 'user-browsing'].flatMap((model) => ofModel(model, 'ips', 'clipped-ips')),
        'dual-learning',
      ]),
  { name: 'click-model-labels', clickModel: 'dynamic-bayesian' },
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
  readonly values: Readonly<Record<string, number>>; // by candidate
}

/** A study of a world, but for its estimators. */
const studyOf = ({ clickModel, sessions, temperature, queries = 100 }: World, seed: string) => ({
  ...{ task: 'own-log', seeds: [seed], baseline: null },
  data: { synthetic: { trainQueries: queries, validationQueries: 2, testQueries: 2 } },
  simulation: {
    ...{ clickModel, sessions, temperature, listsPerQuery: temperature > 0 ? 5 : 1, validationSessions: 0, randomisedSessions: 0 },
  },
  evaluation: { bias: { name: 'given', examination: Array.from({ length: 10 }, (_, k) => 1 / (k + 1)) } },
});

const named = (choice: object | string): string => {
  const short = typeof choice === 'string' || !('bias' in choice) ? choice : { ...choice, bias: plain(choice.bias) };
  return typeof short === 'string' ? short : JSON.stringify(short).replaceAll(/["{}]/g, '');
};
const plain = (bias: unknown) =>
  typeof bias === 'object' && bias !== null && 'name' in bias && Object.keys(bias).length === 1 ? bias.name : bias;

/** What follows from the log of a world, as `counterrank fit` has it. */
async function recommended(world: World, seed: string, stages: StageCache): Promise<object | string> {
  const { config } = decodeStudy({ ...studyOf(world, seed), estimators: ['naive'] }, 'the bench');
  const { ofSeed } = await biasLogs(builtInParts, config as unknown as BiasConfig, stages);
  const found = diagnosed(builtInParts, config as unknown as BiasConfig, 'simulated', await ofSeed(seed), null);
  const { label: _, ...advised } = recommendation(found, { asIds: false, learns: true }, { bias: null, weighting: null }).estimator as {
    readonly label?: string;
  };
  return 'name' in advised && advised.name === 'naive' ? 'naive' : advised;
}

/** Its name alone, which takes no training. */
export const recommendedName = async (world: World): Promise<string> => named(await recommended(world, '1', kept()));

/** What the log is said to be learnt from by, against all candidates by the truth. */
export async function advise(world: World, seed = '1', among = candidatesOf(world)): Promise<Advised> {
  const stages = kept();
  const chosen = await recommended(world, seed, stages);
  const compared = [...new Map([chosen, ...among].map((choice) => [named(choice), choice]))];
  const estimators = compared.map(([label, choice]) => ({
    ...(typeof choice === 'string' ? { name: choice } : choice),
    label: label.replaceAll(/[:,]/g, ' '),
  }));
  const study = decodeStudy({ ...studyOf(world, seed), estimators }, 'the bench');
  const { result } = await runTask(study.task, study.config, { stages });
  const means = meansOf(result)[0].map(([ndcg]) => ndcg);
  const values = Object.fromEntries(compared.map(([label], c) => [label, means[c]]));
  const [best, bestValue] = Object.entries(values).reduce((top, one) => (one[1] > top[1] ? one : top));
  return { world, recommended: named(chosen), value: values[named(chosen)], best, bestValue, values };
}

/** NDCG@10 that the recommendation leaves to the best candidate, log by log; and in how many it leaves no more than 0.01, of logs with sessions enough and of small ones. */
export async function benchAdvice(seeds = ['1']): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  const totals: BenchLine[] = [];
  for (const [words, some] of [
    ['from 10,000 sessions', worlds],
    ['below', smallWorlds],
  ] as const) {
    let within = 0;
    for (const seed of seeds)
      for (const world of some) {
        const { recommended: name, value, best, bestValue, values } = await advise(world, seed);
        if (bestValue - value <= 0.01) within++;
        const { clickModel, sessions, temperature } = world;
        if (process.env.ALL_VALUES) console.error(JSON.stringify({ ...world, seed, recommended: name, values }));
        lines.push({
          name: `${clickModel}, ${sessions.toLocaleString('en')} sessions, temperature ${temperature}: ${name} ${value.toFixed(4)}, best ${best} ${bestValue.toFixed(4)}`,
          value: bestValue - value,
          unit: 'NDCG@10',
        });
      }
    totals.push({ name: `within 0.01 of the best, of ${seeds.length * some.length} logs ${words}`, value: within, unit: 'logs' });
  }
  return [...lines, ...totals];
}
