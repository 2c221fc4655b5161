import { Command, Option } from 'commander';
import { byRank } from '../../estimators/bias/bias-estimator.ts';
import {
  type BiasEstimatorEntry,
  biasAdvice,
  diagnoseLog,
  type EstimatedBias,
  ranksLinked,
  spreadByWeighting,
  weightingAdvice,
} from '../../estimators/index.ts';
import { positionsOf } from '../../src/data/click-log.ts';
import { relevanceByRank } from '../../src/diagnostics/index.ts';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import { noStageCache } from '../engine/stage-cache.ts';
import { lackOf } from '../tasks/bias/bias-faults.ts';
import { biasLogs } from '../tasks/bias/bias-logs.ts';
import { estimateBias } from '../tasks/bias/prepare-bias.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { type Diagnosed, diagnosisJson, diagnosisText, type JudgingBias } from './diagnosis-text.ts';
import { addLogOptions, configOf, type LogOptions } from './log-options.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

interface DiagnoseOptions extends PluginOption, LogOptions {
  readonly bias?: string;
  readonly format: keyof typeof forms;
}

const forms = { text: diagnosisText, json: diagnosisJson };

export const diagnoseCommand = () =>
  addLogOptions(new Command('diagnose'))
    .option(
      '--bias <name>',
      'by which weightings are judged: an estimator of bias, or a bias.json that one wrote (default: randomisation or all-pairs, as the log has it, which fit nothing to relevance)',
    )
    .addOption(new Option('--format <name>', 'how it is printed').choices(Object.keys(forms)).default('text'))
    .addOption(pluginOption())
    .addHelpText('after', helpText)
    .action(run);

const helpText = `
Answers, before anything is fitted: which ranks can be compared at all (documents shown at several ranks tie them together), whether features
tell relevance from rank, how much of what clicks lose with rank is relevance, whether users read as a position-based model has them, how few
clicks each weighting would let speak, and which estimator follows from that.

Examples:
  counterrank diagnose clicks.jsonl
  counterrank diagnose clicks.jsonl --data letor/Fold1
  counterrank diagnose clicks.csv --context device --randomised-log shuffled.csv
  counterrank diagnose clicks.jsonl --bias runs/bias/models/1/all-pairs/bias.json --format json
  counterrank simulate experiments/configs/quickstart.yaml simulation.temperature=0.5 simulation.listsPerQuery=5 --out logs/first
  counterrank diagnose logs/first

Then: counterrank estimate-bias LOG draws the estimates that it names.`;

async function run(path: string, options: DiagnoseOptions): Promise<void> {
  const catalogue = await catalogueOf(options);
  const decode = await configOf(path, { ...options, truth: null }, catalogue);
  const { config } = decode(['naive-ctr']);
  const asked = options.bias === undefined ? null : namedOrSaved(options.bias);
  if (asked !== null) {
    const lack = lackOf(config, lookup<BiasEstimatorEntry>('bias estimator', catalogue.parts.biasEstimators, asked.name).needs);
    if (lack !== null) throw new UsageError(`--bias ${asked.name} ${lack}`);
  }
  const { accounting, ofSeed } = await biasLogs(catalogue.parts, config, noStageCache);
  const { logs } = await ofSeed('1');
  const { train, randomised } = logs;
  const diagnosis = diagnoseLog(train, randomised, config.data.path !== null);
  const estimate = (choice: BiasName) => estimateBias(catalogue.parts, config, choice as never, logs, '1');
  const judged = judgingBias(asked, estimate, diagnosis, positionsOf(train.log));
  const spread = spreadByWeighting(catalogue.parts.weightings, train, judged.bias);
  const bias = biasAdvice(diagnosis, judged.unlinked);
  const ips = spread.find(({ name }) => name === 'ips')?.spread ?? null;
  const follows = bias.find(({ verdict }) => verdict === 'take')?.name ?? null;
  const { examination } = judged.bias;
  const diagnosed: Diagnosed = {
    ...{ path, diagnosis, judged, spread, bias },
    relevance:
      judged.assumed || examination === null ? null : relevanceByRank(diagnosis.clickThrough, examination, diagnosis.overlap.impressions),
    weighting: weightingAdvice(diagnosis, follows, ips && !judged.assumed && ips.clicks > 0 ? ips.effective / ips.clicks : null),
  };
  console.log(forms[options.format](diagnosed));
  tellAccounting(accounting);
}

interface BiasName {
  readonly name: string;
  readonly file?: string; // of `saved`
}

const namedOrSaved = (words: string): BiasName => (words.endsWith('.json') ? { name: 'saved', file: words } : { name: words });

function judgingBias(
  asked: BiasName | null,
  estimate: (choice: BiasName) => EstimatedBias,
  diagnosis: Parameters<typeof ranksLinked>[0],
  positions: number,
): JudgingBias {
  const told = (name: string, bias: EstimatedBias): JudgingBias => ({ name, bias, assumed: false, unlinked: null });
  if (asked !== null) return told(asked.file ?? asked.name, estimate(asked));
  let unlinked: string | null = null;
  const ways = [...(diagnosis.randomised > 0 ? ['randomisation'] : []), ...(ranksLinked(diagnosis) ? ['all-pairs'] : [])];
  for (const name of ways)
    try {
      return told(name, estimate({ name }));
    } catch (fault) {
      if (!(fault instanceof UsageError)) throw fault;
      if (name === 'all-pairs') unlinked = fault.message;
    }
  const assumed = byRank(
    Float64Array.from({ length: positions }, (_, k) => 1 / (k + 1)),
    'given',
  );
  return { name: '1/rank', bias: assumed, assumed: true, unlinked };
}
