import {
  type ClickModel,
  type clickModels,
  clicksInWords,
  contextsFor,
  type DocumentFeatures,
  diagnoseClickModel,
  type FitLog,
  fitClickModelBy,
  fitOptions,
  fromFeatures,
  readStoredClickModel,
  type StoredClickModel,
  sampleCounts,
  scoreClickModel,
  valuesFor,
  writeClickModel,
} from '../../click-models/index.ts';
import { shownLists } from '../../click-models/shown-lists.ts';
import { clickSums, positionsOf, sessionsOf } from '../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { clickLogFormat } from '../../src/data/click-log-format.ts';
import { shownText } from '../../src/data/decimal.ts';
import { readDocuments } from '../../src/data/documents/read-documents.ts';
import type { NamedClickLog } from '../../src/data/named-logs/named-click-log.ts';
import { readNamedClickLog } from '../../src/data/named-logs/read-named-click-log.ts';
import { writeClickLog } from '../../src/data/write-click-log.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { UsageError } from '../../src/errors.ts';
import { named } from '../../src/named.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import { createRng } from '../../src/random/rng.ts';
import { lookup, make } from '../../src/registry.ts';
import { optional } from '../../src/schema.ts';
import { openBackend } from '../../src/tensor/backend.ts';
import { applyOverrides, checkOnce, parseOverride } from '../config/overrides.ts';
import { checkWritable, writeNewFile } from '../records/new-folder.ts';
import { alignedTable } from '../report/text-table-forms.ts';
import { formatMean } from '../summary/format-number.ts';
import { clickScores, type Score, usualSmallestProbability } from '../tasks/click-models/scores.ts';
import { ownScreen } from '../terminal/screen.ts';
import { tellAccounting } from '../terminal/tell-accounting.ts';
import { tell } from '../terminal/wrap-words.ts';
import { catalogueOf, type PluginOption } from './plugin-option.ts';

export interface LogOptions extends PluginOption {
  readonly logFormat?: string;
  readonly skipFaulty?: boolean;
  readonly context?: string;
  readonly features?: string;
}

type Registry = typeof clickModels;

/** Options of a step that makes a model. */
export interface MakingOptions extends LogOptions {
  readonly model: string;
  readonly set?: readonly string[];
}

/** The model that is named, with its options and those of its fit. */
export async function chosenModel(name: string, set: readonly string[], options: LogOptions) {
  const registry = await modelsOf(options);
  lookup('click model', registry, name);
  const overrides = set.map(parseOverride);
  checkOnce(overrides);
  const renamed = overrides.find(({ path: [key] }) => key === 'name');
  if (renamed !== undefined) throw new UsageError(`--set ${renamed.text}: the model is named by --model`);
  const schema = named(registry, { fit: optional(fitOptions, {}) });
  const { fit, ...choice } = decodeOptions(name, schema, applyOverrides({ name }, overrides, {}));
  if (options.features !== undefined && fromFeatures(fit).length === 0)
    throw new UsageError('--features is for attraction or satisfaction from features; set fit.attraction=features, or leave it out');
  return { registry, choice, fit };
}

/** Fits a model and writes it. */
export async function runFit(
  path: string,
  { model: name, set = [], out, ...options }: MakingOptions & { readonly out: string },
): Promise<void> {
  const { registry, choice, fit } = await chosenModel(name, set, options);
  await checkWritable(out);
  const log = await readLog(path, options);
  const positions = positionsOf(log.log);
  const start: ClickModel = make('click model', registry, choice as never, positions);
  const fitLog = fitLogOf(log);
  const features = await featuresOf(log, options);
  if (fit.hidden.length > 0) await openBackend('auto');
  const fitted = fitClickModelBy(start, fitLog, fit, createRng('click-model/hash'), features);
  const { name: _name, ...modelOptions } = choice;
  const { model, priors, documents, logLikelihood, convergence, converged, ruledOut, firstRuledOut } = fitted;
  const { queryIds, docIds, documentQuery } = log;
  const stored = {
    name,
    options: modelOptions,
    model,
    contexts: model.contexts === 1 ? null : (log.contexts?.names ?? null),
    scorers: fitted.scorers ?? {},
    priors,
    documents,
    docIds,
    queryIds: docIds.map((_, d) => queryIds[documentQuery[d]]),
  };
  await writeNewFile(out, () => writeClickModel(out, stored, positions));
  tell(`${out}: ${name} of ${whole(sessionsOf(log.log))} sessions, ${whole(docIds.length)} documents of ${whole(queryIds.length)} queries`);
  tell(
    `${convergence.at(-1)?.pass ?? 0} passes, ${converged ? 'converged' : 'not converged: give --set fit.iterations more'}; log-likelihood of a session, summed over ranks, ${logLikelihood.toFixed(4)}`,
  );
  if (fitted.starts !== undefined) tell(startsInWords(fitted.starts, sessionsOf(log.log)));
  if (firstRuledOut !== null)
    console.error(
      `warning: ${name} rules out the clicks of ${whole(ruledOut)} sessions, which are left out of the fit; the first, ${clicksInWords(fitLog, firstRuledOut)}`,
    );
  const alone = onceAskedWords(log);
  if (alone !== null) tell(alone);
  for (const { table, identified, why } of diagnoseClickModel(start, fitLog).tables)
    if (why !== '') tell(`${table}: ${identified}, ${why}`);
}

/** How high the fits came of which the best is kept. */
function startsInWords(logLikelihoods: readonly number[], sessions: number): string {
  const highest = Math.max(...logLikelihoods);
  const below = logLikelihoods.map((own) => sessions * (highest - own));
  const alike = below.filter((lacks) => lacks < 1).length;
  return `best of ${below.length} starts: ${alike} came within 1 of the highest log-likelihood of all sessions, the lowest ${whole(Math.max(...below))} below it`;
}

/** How many queries one session asked, and the first of them; null where there are none. */
export function onceAskedWords({ log, queryIds }: Pick<NamedClickLog, 'log' | 'queryIds'>): string | null {
  const sessions = new Float64Array(queryIds.length);
  for (const [r, l] of log.list.entries()) sessions[log.queries[l]] += log.count[r];
  const once = sessions.reduce((sum, n) => sum + Number(n === 1), 0);
  if (once === 0) return null;
  const first = shownText(queryIds[sessions.indexOf(1)]);
  return `${whole(once)} of ${whole(queryIds.length)} queries ${once === 1 ? 'has' : 'have'} one session (first ${first}), which alone tells their attraction: the prior says most of it`;
}

/** Prints how well a stored model foretells a log. */
export async function runScore(file: string, path: string, options: LogOptions): Promise<void> {
  const { stored, fit, documents } = await modelAndLog(file, path, options);
  const score = scoreClickModel(stored.model, documents, fit, usualSmallestProbability);
  const { perplexity, conditionalPerplexity, ctrByRank, impossible, firstImpossible } = score;
  const all = Object.entries<Score>(clickScores).flatMap(([label, { of }]) => (of === null ? [] : [[label, formatMean(of(score))]]));
  const ranks = ctrByRank.map(({ observed, expected }, k) => [
    ...[String(k + 1), formatMean(conditionalPerplexity.byRank[k]), formatMean(perplexity.byRank[k])],
    ...[observed.toFixed(4), expected.toFixed(4)],
  ]);
  const note = `${whole(score.sessions)} sessions; ± half the 95 % interval over sessions; counterrank list says what each score is`;
  console.log(alignedTable({ title: '', head: ['score', 'value'], rows: all, note }, ownScreen()));
  console.log(
    `\n${alignedTable({ title: '', head: ['rank', 'conditional perplexity', 'perplexity', 'CTR', 'foretold'], rows: ranks, note: '' }, ownScreen())}`,
  );
  if (firstImpossible !== null)
    console.error(
      `warning: ${stored.name} rules out the clicks of ${whole(impossible)} sessions; each such click counts as probability ${usualSmallestProbability}; the first, ${clicksInWords(fit, firstImpossible)}`,
    );
}

/** Writes clicks of a stored model on the lists of a log. */
export async function runSimulate(
  file: string,
  path: string,
  { sessions, seed, out, ...options }: LogOptions & { readonly sessions?: number; readonly seed: string; readonly out: string },
): Promise<void> {
  await checkWritable(out);
  if (clickLogFormat(out) === 'svmlight')
    throw new UsageError(`cannot write "${out}": SVMlight cannot hold counted sessions; write .jsonl, .csv or .parquet`);
  const { stored, log, fit, documents } = await modelAndLog(file, path, options);
  const rng = createRng(`click-model/${seed}`);
  const shown = clickSums(log.log).sessions;
  const part = shown.findIndex((count) => !Number.isSafeInteger(count));
  if (sessions === undefined && part >= 0)
    throw new UsageError(
      `${path} has ${shown[part]} sessions of one list, which is no number of sessions to draw; say how many there are to be with --sessions`,
    );
  const counts = sessions === undefined ? shown : multinomial(sessions, shown, rng.fork('sessions'));
  const { contexts } = log; // also where the model tells none apart: what was read stays with the lists
  const builder = new ClickLogBuilder(contexts?.names.length ?? 1);
  const shownIn: string[] = []; // of each list that is drawn
  const clicks = rng.fork('clicks');
  const listOf = shownLists(stored.model, documents, fit);
  for (let l = 0; l < counts.length; l++) {
    if (counts[l] === 0) continue;
    const docs = log.log.docs.subarray(log.log.offsets[l], log.log.offsets[l + 1]);
    const own = builder.addList(log.log.queries[l], docs, contexts?.ofList[l] ?? 0);
    if (contexts) shownIn[own] = contexts.names[contexts.ofList[l]];
    sampleCounts(stored.model, listOf(l), counts[l], clicks, (pattern, count) => builder.addRow(own, pattern, count));
  }
  const drawn = builder.build();
  const { queryIds, docIds } = log;
  const context = contexts && options.context !== undefined ? { context: { column: options.context, ofList: shownIn } } : {};
  await writeNewFile(out, () => writeClickLog(out, drawn, { queryIds, docIds, ...context }));
  tell(`${out}: ${whole(sessionsOf(drawn))} sessions with ${stored.name} clicks on ${whole(drawn.queries.length)} lists of ${path}`);
}

const modelsOf = async (options: PluginOption): Promise<Registry> => (await catalogueOf(options)).parts.clickModels;

export async function readLog(path: string, { logFormat, context, skipFaulty = false }: LogOptions): Promise<NamedClickLog> {
  const given = { ...(logFormat !== undefined && { format: logFormat }), ...(context !== undefined && { context }) };
  const log = await readNamedClickLog(path, { skipFaulty, ...given });
  tellAccounting(log.accounting);
  return log;
}

export const fitLogOf = ({ log, docIds, contexts, order }: NamedClickLog): FitLog => ({
  ...(order && { order }),
  log,
  documents: docIds.length,
  docIds,
  contexts: contexts?.ofList ?? null,
});

/** Features of the documents of a log, as a file of judged queries has them. @throws UsageError where a document is not in it */
async function featuresOf(
  { queryIds, docIds, documentQuery }: NamedClickLog,
  { features: path }: LogOptions,
): Promise<DocumentFeatures | null> {
  if (path === undefined) return null;
  const set = await readDocuments(path);
  const { featureCount } = set;
  const queries = new Map(set.queryIds.map((id, q) => [id, q]));
  const rows = set.queryIds.map(() => new Map<string, number>());
  for (const [q, own] of rows.entries()) for (let d = set.offsets[q]; d < set.offsets[q + 1]; d++) own.set(set.docIds[d], d);
  const features = new Float32Array(docIds.length * featureCount);
  for (const [d, id] of docIds.entries()) {
    const query = queryIds[documentQuery[d]];
    const row = rows[queries.get(query) ?? -1]?.get(id);
    if (row === undefined)
      throw new UsageError(`${path} has no document ${shownText(id)} of query ${shownText(query)}, which the log shows`);
    features.set(set.features.subarray(row * featureCount, (row + 1) * featureCount), d * featureCount);
  }
  return { features, featureCount };
}

/** A stored model with its documents as the log numbers them; those that it has not seen are given what is usual. */
async function modelAndLog(file: string, path: string, options: LogOptions) {
  const stored: StoredClickModel = await readStoredClickModel(file, await modelsOf(options));
  const scorers = Object.values(stored.scorers);
  if (options.features !== undefined && scorers.length === 0)
    throw new UsageError(`--features is for attraction or satisfaction from features, and "${file}" has neither; leave it out`);
  const log = await readLog(path, options);
  const features = await featuresOf(log, options);
  if (features !== null && scorers.some(({ architecture: { name } }) => name === 'mlp')) await openBackend('auto');
  const longest = positionsOf(log.log);
  if (longest > stored.model.positions)
    throw new UsageError(
      `${path} shows lists of up to ${longest} documents, and ${stored.name} in "${file}" was fitted to ${stored.model.positions} positions; fit it to a log of lists as long`,
    );
  const { documents, unseen } = valuesFor(stored, log, features);
  if (unseen > 0)
    console.error(
      `note: ${whole(unseen)} of ${whole(log.docIds.length)} documents of ${path} are new to the model, and are given ${features !== null ? 'what it makes of their features, or ' : ''}the prior's mean, or without a prior the mean of those it has seen`,
    );
  return { stored, log, documents, fit: { ...fitLogOf(log), contexts: contextsFor(stored, log.contexts) } };
}

export const whole = (value: number): string => value.toLocaleString('en-US');
