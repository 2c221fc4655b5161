import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import type { BackendChoice } from '../../src/tensor/backend.ts';
import { decodeStudy } from '../catalogue/read-study.ts';
import { makeRecord } from '../engine/make-record.ts';
import { taskBackend } from '../engine/task-backend.ts';
import { writeRun } from '../engine/write-run.ts';
import { checkWritable } from '../records/new-folder.ts';
import { writeJson } from '../records/write-json.ts';
import { section } from '../report/page-frame.ts';
import { rowHtml, scrollTable } from '../report/report-table.ts';
import { alignedTable, type TextTable } from '../report/text-table-forms.ts';
import { rowsIn } from '../tables/run-result.ts';
import { diagnosedLog, namedOrSaved } from '../tasks/bias/diagnosed.ts';
import { notDrawn } from '../tasks/bias/divided-log.ts';
import { offPolicy, offPolicyListing } from '../tasks/own-log/off-policy-tables.ts';
import { ownLogTask } from '../tasks/own-log/own-log-config.ts';
import { type Reason, recommendation, recommendedLabel } from '../tasks/own-log/recommendation.ts';
import { createProgress } from '../terminal/progress.ts';
import { ownScreen } from '../terminal/screen.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { backendOption } from './backend-option.ts';
import { diagnosisSections } from './diagnosis-page.ts';
import { diagnosisJson } from './diagnosis-text.ts';
import { addLogOptions, configOf, type LogOptions } from './log-options.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

interface FitOptions extends PluginOption, Omit<LogOptions, 'data' | 'truth'> {
  readonly features?: string;
  readonly out: string;
  readonly bias?: string;
  readonly weighting?: string;
  readonly ranker: string;
  readonly seed: string;
  readonly backend?: BackendChoice;
  readonly quiet?: boolean;
}

export const fitCommand = () =>
  addLogOptions(new Command('fit'))
    .requiredOption('--out <dir>', 'folder to create, with the ranker, a page and all that was found; must not exist')
    .option('--bias <name>', 'an estimator of bias, or a bias.json that one wrote (default: the one that follows from the log)')
    .option('--weighting <name>', 'how clicks are corrected by it (default: what follows from the log)')
    .option('--ranker <name>', 'of documents with features; embedding: of their ids, with or without features', 'linear')
    .option('--seed <seed>', 'deals the sessions to training, early stopping and test, and draws what training draws', '1')
    .addOption(backendOption())
    .addOption(pluginOption())
    .option('--quiet', 'no progress')
    .addHelpText('after', helpText)
    .action(fit);

const helpText = `
From a click log to a ranker, without any label. The log is diagnosed; what it can tell decides by which estimator of bias clicks are corrected,
and how, each with its reason; a ranker is trained on 60 % of the sessions, stopped by 15 %, and valued by the clicks of the other 25 %, beside the
lists that users saw: by IPS, self-normalised IPS, doubly robust and cascade, with intervals. Without --features documents are ids, and each
has a relevance of its own; --ranker embedding learns from ids by a loss, alone or beside features.

DIR then holds report.html (the value, the reasons, the diagnosis), fit.json (the same as numbers), bias.json, models/SEED/METHOD (the ranker; its
plain weights, which counterrank/score reads without a tensor library; its ranking as a TREC run; the relevance of each document as labels) and
config.json, which counterrank run repeats, and sweep varies.

Examples:
  counterrank fit clicks.jsonl --out fitted
  counterrank fit clicks.jsonl --ranker embedding --out fitted
  counterrank fit clicks.csv --features documents.txt --out fitted
  counterrank fit clicks.jsonl --features letor/Fold1 --ranker gradient-boosted-trees --out fitted
  counterrank fit clicks.jsonl --features letor/Fold1 --bias dual-learning --weighting clipped-ips --out fitted
  counterrank simulate experiments/configs/quickstart.yaml simulation.temperature=0.5 simulation.listsPerQuery=5 --out logs/first
  counterrank fit logs/first --out fitted

docs/own-log.md leads through it. Options of estimators, more seeds, a split by time: a config with task: ${ownLogTask}.`;

async function fit(path: string, options: FitOptions): Promise<void> {
  const { out, quiet = false } = options;
  await checkWritable(out);
  const catalogue = await catalogueOf(options);
  const { parts } = catalogue;
  if (options.weighting !== undefined) lookup('weighting', parts.weightings, options.weighting);
  lookup('ranker', parts.rankers, options.ranker);
  const decode = await configOf(path, { ...options, truth: null }, catalogue);
  const { config: log } = decode(['naive-ctr']);
  const asIds = log.data.path === null;
  if (asIds && !['linear', 'embedding'].includes(options.ranker))
    throw new UsageError(`--ranker ${options.ranker} learns from features: give --features, or --ranker embedding, which learns from ids`);
  const progress = createProgress(process.stderr, quiet);
  progress.onProgress({ stage: 'diagnose', done: 0, total: 2, detail: path });
  const asked = options.bias === undefined ? null : namedOrSaved(options.bias);
  const diagnosed = await diagnosedLog(parts, log, path, asked);
  const learns = !asIds || options.ranker === 'embedding';
  const advice = recommendation(diagnosed.found, { asIds, learns }, { bias: asked, weighting: options.weighting ?? null });
  const ranker: Reason[] = !learns
    ? []
    : [
        {
          about: 'ranker',
          choice: options.ranker,
          why:
            options.ranker === 'linear'
              ? 'it needs the fewest clicks; --ranker mlp or gradient-boosted-trees can say more, and their value tells whether it helps'
              : 'asked for',
        },
      ];
  const reasons = [...advice.reasons, ...ranker];
  const study = {
    ...{ task: ownLogTask, name: 'fit', seeds: [options.seed], baseline: advice.corrects ? 'naive' : null },
    ...{ log: log.log, data: log.data, ranker: options.ranker, evaluation: { bias: advice.judge } },
    estimators: advice.corrects ? [advice.naive, advice.estimator] : [advice.naive],
  };
  const { config, task } = decodeStudy(study, 'the command line', { catalogue });
  const backend = await taskBackend(task, config, options.backend);
  const typed = Object.entries(options).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value] : [],
  );
  const words = ['counterrank', 'fit', path, ...typed, ...(options.skipFaulty ? ['--skip-faulty'] : [])];
  const record = await makeRecord({ task, config, overrides: [], command: commandLine(words) }, backend, progress);
  const values = rowsIn(record.result, offPolicy);
  const label = advice.corrects ? recommendedLabel : 'naive';
  const sections = {
    first: [reasonsSection(reasons)],
    last: diagnosisSections(parts, log, diagnosed),
  };
  const save = async (partial: string) => {
    const lost = await record.save(partial);
    const folder = join(partial, 'models', options.seed, label);
    for (const name of ['bias.json', 'plain-weights.json', 'relevance.json', 'ranking.run'])
      if ((await stat(join(folder, name)).catch(() => null)) !== null) await copyFile(join(folder, name), join(partial, name));
    await writeJson(join(partial, 'fit.json'), {
      ...{ log: path, features: log.data.path, ranker: `models/${options.seed}/${label}`, estimator: advice.estimator, reasons },
      value: values.filter(({ method }) => method === label).map(({ seed: _seed, method: _method, ...value }) => value),
      diagnosis: JSON.parse(diagnosisJson(diagnosed.found)),
    });
    return lost;
  };
  const { folder } = await writeRun(out, { ...record, save }, { sections }).finally(record.close);
  console.log(alignedTable(reasonsTable(reasons), ownScreen()));
  console.log(`\n${alignedTable(valueTable(values), ownScreen())}`);
  tellAccounting(diagnosed.accounting.filter(({ rejected }) => !Object.hasOwn(rejected, notDrawn))); // those are learnt from, and the warnings say so
  for (const warning of record.result.warnings) console.error(`warning: ${warning}`);
  tell(`\n${folder}/report.html says why; the ranker is in ${join(folder, 'models', options.seed, label)}`);
}

const reasonsTable = (reasons: readonly Reason[]): TextTable => ({
  ...{ title: 'What follows from the log', head: ['', 'choice', 'why'], note: '' },
  rows: reasons.map(({ about, choice, why }) => [about, choice, why]),
});

function reasonsSection(reasons: readonly Reason[]): string {
  const { title, head, rows } = reasonsTable(reasons);
  return section(
    title,
    scrollTable(
      title,
      head,
      rows.map((row) => rowHtml(row)),
      'words',
    ),
  );
}

/** What each ranker is worth by each estimator. */
const valueTable = (values: ReturnType<typeof rowsIn<typeof offPolicy>>): TextTable => ({
  ...{ title: 'Value by the test sessions (95 % intervals)', head: ['method', ...offPolicyListing.head] },
  rows: values.map((row) => [row.method, ...offPolicyListing.cells(row)]),
  note: 'ips, doubly-robust: DCG a session of what is relevant, at the ranks shown; snips: the mean discount of it; cascade: clicks a session at the ranks covered',
});
