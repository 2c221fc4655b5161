import type { Learn } from '../../estimators/index.ts';
import type { DataSplits } from '../../src/data/query-set.ts';
import { UsageError } from '../../src/errors.ts';
import { openBackend } from '../../src/tensor/backend.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { decodeRankingConfig } from '../catalogue/ranking-config.ts';
import { runTask } from '../engine/run-task.ts';
import { methodsOf } from '../engine/task.ts';
import { summariseRun } from '../summary/summarise-run.ts';
import { needsTensors, ranking } from '../tasks/ranking/index.ts';
import type { RankingConfig } from '../tasks/ranking/ranking-config.ts';
import { createProgress } from '../terminal/progress.ts';
import { type StudyResult, studyResult } from './study-result.ts';
import type { Choice, Partly } from './study-types.ts';
import { type GivenLogs, givenWorld, simulatedWorld, type World } from './world.ts';

/** A learner that no registry knows, under the name it gets in tables. */
export interface OwnMethod {
  readonly label: string;
  readonly learn: Learn;
}

/** An estimator by name, by name with options and a label, or one of your own with a label. */
export type Method = Choice<RankingConfig['estimators'][number]> | OwnMethod;

/**
 * A comparison, put together step by step. Every step is named after the config key that it sets, takes what that key takes, and gives a
 * new study: the old one is left as it was. What is not said keeps the default of `counterrank run`; faults are told all at once by what
 * comes after the steps: `config`, `run`, `simulate` and `onLogs`.
 */
export interface Study {
  /** Synthetic queries, real ones from a folder (`{ path: … }`), or parts that are already in memory. */
  data(data: Partly<RankingConfig['data']> | DataSplits): Study;
  simulation(simulation: Partly<RankingConfig['simulation']>): Study;
  ranker(ranker: Choice<RankingConfig['ranker']>): Study;
  training(training: Partly<RankingConfig['training']>): Study;
  estimators(...methods: readonly Method[]): Study;
  evaluation(evaluation: Partly<RankingConfig['evaluation']>): Study;
  /** The method that others are tested against, by label; null for none. */
  baseline(label: string | null): Study;
  /** n for the seeds 1 to n, or the seeds themselves. */
  seeds(seeds: number | readonly (string | number)[]): Study;
  /** The whole config with every default. @throws UsageError for all faults at once */
  config(): RankingConfig;
  /** Simulates, learns and evaluates with every seed: what `counterrank run` does. Progress goes to a terminal's standard error. */
  run(): Promise<StudyResult>;
  /** The data and click logs of one seed, to work with by hand. */
  simulate(seed?: string | number): Promise<World>;
  /** The data with logs that were given instead of simulated: nothing of the truth is known. */
  onLogs(logs: GivenLogs): Promise<World>;
}

/** What the steps have said so far. */
interface Said {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly splits: DataSplits | null;
  readonly own: readonly OwnMethod[];
}

/** A study with nothing said yet. @param name of it, in error messages */
export const study = (name = 'study'): Study => build({ name, input: { name }, splits: null, own: [] });

function build(said: Said): Study {
  const set = (key: string, value: unknown, more: Partial<Said> = {}) =>
    build({ ...said, ...more, input: { ...said.input, [key]: value } });
  const merge = (key: string, value: object) => set(key, { ...(said.input[key] as object | undefined), ...value });
  const config = () => decodeStudy(said);
  return {
    data: (data) => (isSplits(data) ? build({ ...said, splits: data }) : merge('data', data)),
    simulation: (simulation) => merge('simulation', simulation),
    ranker: (ranker) => set('ranker', ranker),
    training: (training) => merge('training', training),
    estimators: (...methods) =>
      set(
        'estimators',
        methods.filter((method) => !isOwn(method)),
        { own: methods.filter(isOwn) },
      ),
    evaluation: (evaluation) => merge('evaluation', evaluation),
    baseline: (label) => set('baseline', label),
    seeds: (seeds) => set('seeds', seeds),
    config,
    run: () => runStudy(config(), said),
    simulate: async (seed) => simulatedWorld(await ready(config()), said.splits, seed),
    onLogs: async (logs) => givenWorld(await ready(config()), said.splits, logs),
  };
}

const isSplits = (data: object): data is DataSplits => 'train' in data && typeof data.train === 'object';
const isOwn = (method: Method): method is OwnMethod => typeof method === 'object' && 'learn' in method;

/** Own methods take part in the check of labels and of the baseline; then they leave the config, which knows registered ones only. */
function decodeStudy({ name, input, own }: Said): RankingConfig {
  const standIns = own.map(({ label }) => ({ name: 'naive', label: asFileName(label) }));
  const registered = (input.estimators as readonly unknown[] | undefined) ?? decodeRankingConfig({}, name).estimators;
  const ownBaseline = own.find(({ label }) => label === input.baseline)?.label;
  const baseline = ownBaseline === undefined ? {} : { baseline: asFileName(ownBaseline) };
  const config = decodeRankingConfig({ ...input, ...baseline, estimators: [...registered, ...standIns] }, name);
  const estimators = config.estimators.slice(0, config.estimators.length - own.length);
  return { ...config, estimators, baseline: ownBaseline ?? config.baseline };
}

/** Labels in a config name folders; those of own methods need not, as nothing is written under them. */
const asFileName = (label: string): string => label.replaceAll(/[^\p{L}\p{N} _+=.@-]/gu, '-').replace(/^(?![\p{L}\p{N}_])/u, '_');

/** Networks need tensors; a linear ranker does without. */
async function ready(config: RankingConfig): Promise<RankingConfig> {
  if (needsTensors(config)) await openBackend(config.backend);
  return config;
}

async function runStudy(config: RankingConfig, { splits, own }: Said): Promise<StudyResult> {
  await ready(config);
  const progress = createProgress(process.stderr, process.stderr.isTTY !== true);
  const task = ranking(builtIn().parts, { ...(splits && { splits }), own: new Map(own.map(({ label, learn }) => [label, learn])) });
  const whole = { ...config, estimators: [...config.estimators, ...own.map(({ label }) => ({ name: label, label }))] } as RankingConfig;
  const { result } = await runTask(task, whole, { onProgress: progress.onProgress });
  progress.finish();
  const summary = summariseRun(result, {
    baseline: config.baseline,
    methods: methodsOf(task, whole),
    notes: task.notes,
    remarks: task.remarks,
  });
  return studyResult(config, result, summary);
}

/** A learner of your own under a name. @throws UsageError without a name */
export function ownMethod(label: string, learn: Learn): OwnMethod {
  if (label.trim() === '') throw new UsageError('an estimator needs a label: it names the row of the table');
  return { label, learn };
}
