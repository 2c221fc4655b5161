import { readFile } from 'node:fs/promises';
import { shownText } from '../src/data/decimal.ts';
import { checkComplete } from '../src/data/missing-values.ts';
import { isSystemError, systemReason } from '../src/data/system-error.ts';
import { writeAtomic } from '../src/data/write-atomic.ts';
import { decodeOptions } from '../src/decode-options.ts';
import { DataError, UsageError } from '../src/errors.ts';
import { denseArchitectureSchema } from '../src/models/model-json.ts';
import { scorerLayers } from '../src/models/scorer-layers.ts';
import { buildScorer } from '../src/models/scorers.ts';
import { lookup } from '../src/registry.ts';
import {
  array,
  integer,
  json,
  literal,
  nullable,
  optional,
  positive,
  probabilities,
  probability,
  real,
  record,
  safeParse,
  strictObject,
  string,
} from '../src/schema.ts';
import { firstFault } from '../src/schema-faults.ts';
import { parameterCount } from '../src/tensor/dense-network.ts';
import { type ClickModel, type ClickModelEntry, clickModel, mostPositions } from './click-model.ts';
import { documentTables } from './definition.ts';
import type { BetaPrior } from './fit/beta-prior.ts';
import type { DocumentScorer } from './fit/expectation-maximisation.ts';
import type { DocumentFeatures } from './fit/fit-by.ts';
import { usualValues } from './fit/usual-values.ts';

/** A model to write to a file: how it was chosen, so that it can be made again, and what was fitted. */
export interface StoredClickModel {
  readonly name: string; //                          in the registry
  readonly options: object; //                       that it was made with, decoded
  readonly model: ClickModel;
  readonly contexts: readonly string[] | null; //    names of those that the log had, in the order of the model's; null where it tells none apart
  readonly scorers: Readonly<Record<string, DocumentScorer>>; // what makes attraction, satisfaction of features, of those that were so fitted
  readonly priors: Readonly<Record<string, BetaPrior>>;
  readonly queryIds: readonly string[]; //           of each document: what it is shown for
  readonly docIds: readonly string[];
  readonly documents: Readonly<Record<string, Float64Array>>; // attraction and satisfaction in that order, as far as the model has them
}

const version = 2;
const format = 'counterrank click model';

const schema = strictObject({
  format: literal(format),
  version: literal(version),
  name: string(),
  options: record(string(), json()),
  positions: integer(1, mostPositions),
  contexts: integer(1),
  contextNames: optional(nullable(array(string())), null),
  scorers: record(string(), strictObject({ architecture: denseArchitectureSchema, parameters: array(real()) })),
  tables: record(string(), probabilities()),
  priors: record(string(), strictObject({ mean: probability(), strength: positive() })),
  documents: strictObject({ query: array(string()), document: array(string()), values: record(string(), probabilities()) }),
});

/** Writes a model as JSON: every table by name, documents by their ids. @param positions K that it was made with @throws UsageError where the place cannot be written, or the model is too large for one text */
export async function writeClickModel(path: string, stored: StoredClickModel, positions: number): Promise<void> {
  const { name, options, model, contexts, scorers, priors, queryIds, docIds, documents } = stored;
  const plain = (tables: Readonly<Record<string, Float64Array>>) =>
    Object.fromEntries(Object.entries(tables).map(([table, values]) => [table, Array.from(values)]));
  const text = textOf(path, {
    format,
    version,
    name,
    options,
    positions,
    contexts: model.contexts,
    contextNames: contexts,
    scorers: Object.fromEntries(
      Object.entries(scorers).map(([table, { architecture, parameters }]) => [table, { architecture, parameters: Array.from(parameters) }]),
    ),
    tables: plain(model.parameters),
    priors: Object.fromEntries(Object.entries(priors).filter(([, { strength }]) => strength > 0)),
    documents: { query: queryIds, document: docIds, values: plain(documents) },
  });
  await writeAtomic(path, `${text}\n`);
}

/** @throws UsageError where it is more than a string of the language holds, half a gigabyte */
function textOf(path: string, value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      `cannot write "${path}": a model of so many values is more than one JSON text holds; fit one with fewer, as user-browsing by distance, or shorter lists`,
    );
  }
}

/**
 * Reads what {@link writeClickModel} wrote.
 * @throws UsageError where there is no such file; DataError where it holds something else, is of another version, a model that the registry has not or cannot make, or has tables of other
 *   sizes than its options make
 */
export async function readStoredClickModel(path: string, entries: Readonly<Record<string, ClickModelEntry>>): Promise<StoredClickModel> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw isSystemError(error) ? new UsageError(`cannot read "${path}": ${systemReason(error)}`) : error;
  });
  const place = { file: path };
  const given = parsed(text, path) as { readonly format?: unknown; readonly version?: unknown } | null;
  if (given?.format !== format) throw new DataError(`not a click model: "format" must be "${format}"`, place);
  if (given.version !== version)
    throw new DataError(
      `a click model of ${given.version === undefined ? 'no version' : `version ${JSON.stringify(given.version)}`}, and this reads version ${version}; fit it again`,
      place,
    );
  const result = safeParse(schema, given);
  if (!result.success) throw new DataError(`not a click model: ${firstFault(result.issues)}`, place);
  const { name, positions, contexts, contextNames, scorers, tables, priors, documents } = result.output;
  const { options, made } = inFile(path, () => {
    const entry = lookup('click model', entries, name);
    const decoded = decodeOptions(name, entry.options, result.output.options) as object;
    return { options: decoded, made: entry.create(decoded as never, positions) };
  });
  const { definition, contexts: own } = made;
  if (contexts !== own) throw new DataError(`not a click model: contexts is ${contexts}, and its options make ${own}`, place);
  const stray = Object.keys(tables).find((table) => !Object.hasOwn(definition.tables, table));
  if (stray !== undefined) throw new DataError(`not a click model: ${name} has no table "${stray}"`, place);
  const strange = [...Object.keys(scorers), ...Object.keys(priors), ...Object.keys(documents.values)].find(
    (table) => !(documentTables.includes(table) && Object.hasOwn(definition.tables, table)),
  );
  if (strange !== undefined) throw new DataError(`not a click model: documents of ${name} have no "${strange}"`, place);
  if (contextNames !== null && (contextNames.length > contexts || new Set(contextNames).size < contextNames.length))
    throw new DataError(`not a click model: contextNames must be different, and at most ${contexts}`, place);
  for (const [table, { architecture, parameters }] of Object.entries(scorers)) {
    const weights = parameterCount(scorerLayers(architecture));
    if (parameters.length !== weights)
      throw new DataError(`not a click model: the scorer of ${table} needs ${weights} parameters, got ${parameters.length}`, place);
  }
  const docs = documents.document.length;
  const size = definition.tables.attraction?.by === 'documentRank' ? docs * positions : docs;
  if (documents.query.length !== docs)
    throw new DataError(`not a click model: ${documents.query.length} queries for ${docs} documents`, place);
  const twice = firstRepeat(documents);
  if (twice >= 0)
    throw new DataError(
      `not a click model: document ${shownText(documents.document[twice])} of query ${shownText(documents.query[twice])} is there twice`,
      place,
    );
  for (const [table, values] of Object.entries(documents.values))
    if (values.length !== (table === 'attraction' ? size : docs))
      throw new DataError(`not a click model: ${table} has ${values.length} values for ${docs} documents`, place);
  return inFile(path, () => {
    const model = clickModel(definition, tables, positions, contexts);
    const missing = model.documents.find((table) => !Object.hasOwn(documents.values, table));
    if (missing !== undefined) throw new DataError(`not a click model: documents have no ${missing}`, place);
    return {
      ...{ name, options, model, priors, contexts: contextNames },
      scorers: Object.fromEntries(
        Object.entries(scorers).map(([table, own]) => [table, { ...own, parameters: Float32Array.from(own.parameters) }]),
      ),
      ...{ queryIds: documents.query, docIds: documents.document, documents: documents.values },
    };
  });
}

/** @throws DataError of the file for a UsageError */
function inFile<T>(file: string, made: () => T): T {
  try {
    return made();
  } catch (error) {
    throw error instanceof UsageError ? new DataError(`not a click model: ${error.message}`, { file }) : error;
  }
}

/**
 * The documents' values in the numbering of a log: by query and document id. Those that the model has not seen have what it makes of their features, where it
 * does and they are given, else the prior's mean, or where a fit has none the mean of its documents.
 * @returns and how many of them it had not seen @throws UsageError where features are not those that it was fitted with
 */
export function valuesFor(
  { queryIds, docIds, documents, priors, model, scorers }: StoredClickModel,
  log: { readonly queryIds: readonly string[]; readonly docIds: readonly string[]; readonly documentQuery: ArrayLike<number> },
  features: DocumentFeatures | null = null,
): { readonly documents: Readonly<Record<string, Float64Array>>; readonly unseen: number } {
  const K = model.definition.tables.attraction?.by === 'documentRank' ? model.positions : 1;
  const known = new Map<string, Map<string, number>>();
  for (const [i, query] of queryIds.entries()) {
    const own = known.get(query) ?? new Map<string, number>();
    known.set(query, own.set(docIds[i], i));
  }
  const places = Int32Array.from(log.docIds, (id, d) => known.get(log.queryIds[log.documentQuery[d]])?.get(id) ?? -1);
  const values = Object.entries(documents).map(([table, own]) => {
    const width = table === 'attraction' ? K : 1;
    const usual = usualValues(own, width, priors[table]);
    const mine =
      Object.hasOwn(scorers, table) && features !== null
        ? foretold(table, scorers[table], features)
        : Float64Array.from({ length: places.length * width }, (_, i) => usual[i % width]);
    for (const [d, place] of places.entries()) if (place >= 0) mine.set(own.subarray(place * width, (place + 1) * width), d * width);
    return [table, mine] as const;
  });
  return { documents: Object.fromEntries(values), unseen: places.reduce((sum, place) => sum + Number(place < 0), 0) };
}

function foretold(table: string, { architecture, parameters }: DocumentScorer, { features, featureCount }: DocumentFeatures): Float64Array {
  if (featureCount !== architecture.featureCount)
    throw new UsageError(`the model makes ${table} of ${architecture.featureCount} features, but documents have ${featureCount}`);
  checkComplete({ features, featureCount }, `${table} from features`);
  const scorer = buildScorer(architecture);
  scorer.parameters.set(parameters);
  return Float64Array.from(scorer.score(features), (odds) => 1 / (1 + Math.exp(-odds)));
}

/** The first document of a query that came before; −1 where all differ. */
function firstRepeat({ query, document }: { readonly query: readonly string[]; readonly document: readonly string[] }): number {
  const seen = new Map<string, Set<string>>();
  return query.findIndex((id, i) => {
    const own = seen.get(id) ?? new Set<string>();
    seen.set(id, own);
    return own.size === own.add(document[i]).size;
  });
}

/**
 * The contexts of a log's lists in the model's numbering, by their names.
 * @throws UsageError where the model tells contexts apart and the log or the file names none, or names one that the model was not fitted to
 */
export function contextsFor(
  { name, model, contexts }: Pick<StoredClickModel, 'name' | 'model' | 'contexts'>,
  own: { readonly names: readonly string[]; readonly ofList: Uint32Array } | null,
): Uint32Array | null {
  if (model.contexts === 1) return null;
  const apart = `${name} tells ${model.contexts} contexts apart`;
  if (contexts === null) throw new UsageError(`${apart}, of which its file has no names; fit it again`);
  if (own === null) throw new UsageError(`${apart}, but the log has none; name its context column (--context on the command line)`);
  const places = own.names.map((context) => contexts.indexOf(context));
  const unknown = own.names.find((_, c) => places[c] < 0);
  if (unknown !== undefined)
    throw new UsageError(`context ${shownText(unknown)} is none that ${name} was fitted to: ${contexts.map(shownText).join(', ')}`);
  return own.ofList.map((context) => places[context]);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')); // some editors put a byte order mark before
  } catch {
    throw new DataError('not JSON; expected a model that click-model fit, or a config with task: click-models, wrote', { file });
  }
}
