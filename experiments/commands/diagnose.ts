import { Command, Option } from 'commander';
import { byRank } from '../../estimators/bias/bias-estimator.ts';
import {
  type BiasEstimatorEntry,
  biasAdvice,
  diagnoseLog,
  type EstimatedBias,
  type LogDiagnosis,
  spreadByWeighting,
  triedOn,
  weightingAdvice,
} from '../../estimators/index.ts';
import { relevanceByRank } from '../../src/diagnostics/index.ts';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import { noStageCache } from '../engine/stage-cache.ts';
import { lackOf } from '../tasks/bias/bias-faults.ts';
import { biasLogs } from '../tasks/bias/bias-logs.ts';
import { estimateBias } from '../tasks/bias/prepare-bias.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { type Diagnosed, diagnosisCsv, diagnosisJson, diagnosisText, type JudgingBias } from './diagnosis-text.ts';
import { addLogOptions, configOf, type LogOptions } from './log-options.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

interface DiagnoseOptions extends PluginOption, LogOptions {
  readonly bias?: string;
  readonly format: keyof typeof forms;
}

const forms = { text: diagnosisText, csv: diagnosisCsv, json: diagnosisJson };

export const diagnoseCommand = () =>
  addLogOptions(new Command('diagnose'))
    .option(
      '--bias <name>',
      'by which weightings are judged: an estimator of bias, or a bias.json that one wrote (default: the first that the log suffices for of randomisation, rand-pair, adjacent-swap, fair-pairs and all-pairs, which fit nothing to relevance)',
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
  counterrank simulate quickstart simulation.temperature=0.5 simulation.listsPerQuery=5 --out logs/first
  counterrank diagnose logs/first

Then: counterrank estimate-bias LOG draws the estimates that it names.`;

async function run(path: string, options: DiagnoseOptions): Promise<void> {
  const catalogue = await catalogueOf(options);
  const decode = await configOf(path, { ...options, truth: null }, catalogue);
  const { config } = decode(['naive-ctr']);
  const asked = options.bias === undefined ? null : namedOrSaved(options.bias);
  if (asked !== null) {
    if (['oracle', 'given'].includes(asked.name))
      throw new UsageError(`--bias ${asked.name} is told, not found in a log; name an estimator, or a bias.json that one wrote`);
    const lack = lackOf(config, lookup<BiasEstimatorEntry>('bias estimator', catalogue.parts.biasEstimators, asked.name).needs);
    if (lack !== null) throw new UsageError(`--bias ${asked.name} ${lack}`);
  }
  const { accounting, ofSeed } = await biasLogs(catalogue.parts, config, noStageCache);
  const { logs, contexts = new Map<string, number>() } = await ofSeed('1');
  const { train, randomised } = logs;
  const diagnosis = diagnoseLog(train, randomised, config.data.path !== null);
  const estimate = (choice: BiasName) => estimateBias(catalogue.parts, config, choice as never, logs, '1');
  const { judged, refused } = judgingBias(asked, estimate, diagnosis);
  const spread = spreadByWeighting(catalogue.parts.weightings, train, judged.bias);
  const bias = biasAdvice(diagnosis, refused);
  const ips = spread.find(({ name }) => name === 'ips')?.spread ?? null;
  const follows = bias.find(({ verdict }) => verdict === 'take')?.name ?? null;
  const { examination } = judged.bias;
  const diagnosed: Diagnosed = {
    ...{ path, diagnosis, judged, refused, spread, bias },
    contextNames: new Map(Array.from(contexts, ([name, number]) => [number, name])),
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

/** The first that tells the bias of every rank, and why those before it did not; 1/rank where none does. */
function judgingBias(
  asked: BiasName | null,
  estimate: (choice: BiasName) => EstimatedBias,
  diagnosis: LogDiagnosis,
): { readonly judged: JudgingBias; readonly refused: ReadonlyMap<string, string> } {
  const positions = diagnosis.clickThrough.length;
  const refused = new Map<string, string>();
  const told: JudgingBias[] = asked === null ? [] : [{ name: asked.file ?? asked.name, bias: estimate(asked), assumed: false }];
  for (const name of triedOn(diagnosis))
    try {
      const bias = estimate({ name });
      const ranks = bias.examination?.length ?? 0;
      if (ranks < positions) refused.set(name, `tells of ${ranks} ranks, and the log shows ${positions}`);
      else told.push({ name, bias, assumed: false });
    } catch (fault) {
      if (!(fault instanceof UsageError)) throw fault;
      refused.set(name, fault.message);
    }
  const inverse = Float64Array.from({ length: positions }, (_, k) => 1 / (k + 1));
  return { judged: told[0] ?? { name: '1/rank', bias: byRank(inverse, 'given'), assumed: true }, refused };
}
