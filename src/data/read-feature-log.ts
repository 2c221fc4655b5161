import { DataError } from '../errors.ts';
import { Ledger, type Read } from './accounting.ts';
import { trimBlanks } from './blanks.ts';
import { decimalOf, fitsFloat32, float32Range, shownText } from './decimal.ts';
import { textLines } from './line-blocks.ts';
import { checkMissing, isMissingCell, type MissingRule } from './missing-values.ts';
import type { QuerySet } from './query-set.ts';
import { QuerySetBuilder } from './query-set-builder.ts';
import { reading } from './reading.ts';
import { parseJson } from './session-logs/parse-json.ts';

/** Endings of files that are read as feature logs; .gz may follow. */
export const isFeatureLog = (path: string): boolean => /\.(json|jsonl|ndjson)(\.gz)?$/i.test(path);

/**
 * Reads features as search engines log them, a response of a search on each line of JSON, with the query beside it in the key `query`:
 * - Elasticsearch and OpenSearch Learning to Rank: `hits.hits`, each with `_id` and `fields._ltrlog`, a list of one object of one list `{"name": "title", "value": 1.5}`; without value it is 0, as where the plugin has `missing_as_zero`
 * - Solr: `response.docs`, each with `id` and `[features]`, `title=1.5,age=3`; one that is left out (`format=sparse`) is 0. The query may also be `responseHeader.params.q`, as Solr echoes it
 *
 * A value that is there and null is missing, of Solr `nan`, `na` or `null`. Feature i is the i-th name of the file in the order of their letters. Labels are 0, as nobody judged. A document that a query has logged before is merged where its features are the same.
 * @throws DataError with file and line for a line of another form, and where the features of a document differ, and for missing values unless `missing` is `keep`, which reads them as NaN; UsageError where there is no such file
 */
export function readFeatureLog(path: string, { missing = 'refuse' }: { readonly missing?: MissingRule } = {}): Promise<Read<QuerySet>> {
  return reading(path, async () => {
    const logged: Logged[] = [];
    const names = new Set<string>();
    for await (const { text, line } of textLines(path)) {
      if (trimBlanks(text) === '') continue;
      const place = { file: path, line };
      for (const document of documentsOf(parseJson(text, path, line, 'the response of a search on each line') as Json, place)) {
        logged.push(document);
        for (const name of document.features.keys()) names.add(name);
      }
    }
    const set = assemble(path, logged, [...names].sort());
    checkMissing(set, path, missing);
    return set;
  });
}

interface Logged {
  readonly query: string;
  readonly id: string;
  readonly features: ReadonlyMap<string, number>;
  readonly line: number;
}
interface Place {
  readonly file: string;
  readonly line: number;
}
type Json = Readonly<Record<string, unknown>>;

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Json)[key] : undefined), value);

function documentsOf(response: Json, place: Place): Logged[] {
  const [hits, docs] = [at(response, 'hits', 'hits'), at(response, 'response', 'docs')];
  const found = Array.isArray(hits) ? hits : docs;
  if (!Array.isArray(found)) throw new DataError('expected a response with "hits.hits", or of Solr with "response.docs"', place);
  const query = at(response, 'query') ?? at(response, 'responseHeader', 'params', 'q');
  if (typeof query !== 'string' || trimBlanks(query) === '')
    throw new DataError('the response does not say of which query it is; add the key "query" to it', place);
  return found.map((document) => {
    const id = at(document, '_id') ?? at(document, 'id');
    if ((typeof id !== 'string' || id === '') && typeof id !== 'number') throw new DataError('a document without "_id" or "id"', place);
    const features = Array.isArray(hits) ? ofElasticsearch(document, place) : ofSolr(document, place);
    return { query: trimBlanks(query), id: String(id), features, line: place.line };
  });
}

function ofElasticsearch(document: unknown, place: Place): Map<string, number> {
  const [log] = [at(document, 'fields', '_ltrlog')].flat();
  const [entries] = Object.values((log ?? {}) as Json);
  if (!Array.isArray(entries)) throw new DataError('a document without "fields._ltrlog"; ask for it by ext.ltr_log of the search', place);
  return new Map(
    entries.map((entry) => [String(at(entry, 'name')), checked(at(entry, 'value') === undefined ? 0 : at(entry, 'value'), place)]),
  );
}

function ofSolr(document: unknown, place: Place): Map<string, number> {
  const text = at(document, '[features]') ?? at(document, 'features');
  if (typeof text !== 'string') throw new DataError('a document without "[features]"; ask for it by fl=id,[features]', place);
  const pairs = text.split(',').filter((pair) => trimBlanks(pair) !== '');
  return new Map(
    pairs.map((pair) => {
      const equal = pair.lastIndexOf('=');
      return [trimBlanks(pair.slice(0, equal)), checked(solrValue(trimBlanks(pair.slice(equal + 1))), place)];
    }),
  );
}

const solrValue = (text: string): unknown => (text !== '' && isMissingCell(text) ? null : decimalOf(text, 'decimal'));

function checked(value: unknown, place: Place): number {
  if (value === null) return Number.NaN;
  if (typeof value === 'number' && fitsFloat32(value)) return value;
  throw new DataError(`a feature must be a number as it can be kept: ${float32Range}; got ${shownText(String(value))}`, place);
}

function assemble(file: string, logged: readonly Logged[], names: readonly string[]): Read<QuerySet> {
  let line = 0;
  const builder = new QuerySetBuilder(() => ({ file, line }), null, true);
  const known = new Map<string, string>(); // features of a document of a query
  const ledger = new Ledger();
  for (const { query, id, features, line: of } of logged) {
    line = of;
    const row = Float32Array.from(names, (name) => features.get(name) ?? 0);
    const [key, text] = [JSON.stringify([query, id]), row.join(' ')];
    const before = known.get(key);
    if (before !== undefined && before !== text)
      throw new DataError(
        `document ${shownText(id)} of query ${shownText(query)} was logged with other features before; keep one of both`,
        { file, line },
      );
    if (before === undefined) builder.add(0, query, id, row, row.length);
    if (before === undefined) ledger.keep('documents');
    else ledger.merge('documents');
    known.set(key, text);
  }
  return { ...builder.build(), accounting: ledger.accounting(file) };
}
