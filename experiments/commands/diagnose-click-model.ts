import { type ClickModel, type ClickModelDiagnosis, checkContexts, diagnoseClickModel } from '../../click-models/index.ts';
import { positionsOf } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { make } from '../../src/registry.ts';
import { jsonText } from '../records/write-json.ts';
import { alignedTable } from '../report/text-table-forms.ts';
import { ownScreen } from '../terminal/screen.ts';
import { forScreen, tell } from '../terminal/wrap-words.ts';
import { chosenModel, fitLogOf, type MakingOptions, onceAskedWords, readLog, whole } from './run-click-model.ts';

/** How a diagnosis is printed. */
export const diagnoseForms = {
  text: diagnosisText,
  json: (diagnosis: ClickModelDiagnosis) => jsonText(diagnosis).trimEnd(),
} as const;

/** Prints what a log tells of a model, and fits nothing. */
export async function runDiagnose(
  path: string,
  { model: name, set = [], format, ...options }: MakingOptions & { readonly format: keyof typeof diagnoseForms },
): Promise<void> {
  const { registry, choice } = await chosenModel(name, set, options);
  const log = await readLog(path, options);
  const model: ClickModel = make('click model', registry, choice as never, positionsOf(log.log));
  const fitLog = fitLogOf(log);
  if (log.log.list.length === 0) throw new UsageError(`${path} has no session: nothing can be told`);
  checkContexts(model, fitLog);
  console.log(diagnoseForms[format](diagnoseClickModel(model, fitLog)));
  const alone = onceAskedWords(log);
  if (alone !== null && format === 'text') tell(alone);
}

function diagnosisText({ sessions, queries, clicksPerSession, atSeveralRanks, tables, confounded }: ClickModelDiagnosis): string {
  const facts = `${whole(sessions)} sessions of ${whole(queries)} queries, ${clicksPerSession.toFixed(2)} clicks a session, ${Math.round(100 * atSeveralRanks)} % of documents at several ranks`;
  if (tables.length === 0) return `${facts}\nno parameter but those of documents`;
  const rows = tables.map(({ table, values, seen, identified, known, why }) => [
    ...[table, identified, `${known.filter(Boolean).length} of ${values}`, `${seen} of ${values}`, why],
  ]);
  const note = 'known: values that the log tells, up to a factor and in groups relative to the first; reached: that sessions draw';
  const head = ['table', 'identified', 'known', 'reached', 'why'];
  return [
    forScreen(facts, ownScreen(), 2),
    alignedTable({ title: '', head, rows, note }, ownScreen()),
    ...(confounded === null ? [] : [forScreen(`no log tells: ${confounded}`, ownScreen(), 2)]),
  ].join('\n');
}
