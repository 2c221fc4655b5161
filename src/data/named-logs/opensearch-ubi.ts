import { stat } from 'node:fs/promises';
import { DataError } from '../../errors.ts';
import { trimBlanks } from '../blanks.ts';
import { unlessFaulty } from '../click-log-format.ts';
import { shownText } from '../decimal.ts';
import { filesWithin } from '../files-within.ts';
import { textLines } from '../line-blocks.ts';
import { parseJson } from '../session-logs/parse-json.ts';
import { addSession } from './add-session.ts';
import { clickUnit, leaveOut, type NamedLogFormat, type NamedLogReading, sessionUnit } from './named-log-format.ts';

const jsonLines = /\.(json|jsonl|ndjson)(\.gz)?$/i;
const application = 'application';

/**
 * User Behavior Insights of OpenSearch (specification 1.3): documents of the indexes `ubi_queries` and `ubi_events`, one on each line, as exported (below `_source`) or plain; a
 * folder of such files, or one file of both. Each query is a session of its `user_query`. It showed `query_response_hit_ids`, and where a query has none, the objects of its
 * events `impression` in the order of their `position.ordinal`. Its clicks are the objects of its events `click`.
 */
export const opensearchUbi: NamedLogFormat = {
  description: 'OpenSearch User Behavior Insights: JSON Lines of ubi_queries and ubi_events, a folder of them or one file of both',
  contexts: [application],
  isFolder: (names) => ['queries', 'events'].every((index) => names.some((name) => jsonLines.test(name) && name.includes(`ubi_${index}`))),
  read: (reading) => read(reading),
};

/** Whether the first line of a file is of the form. */
export const isUbiLine = (line: string): boolean =>
  line.startsWith('{') && line.includes('"query_id"') && /"(user_query|action_name)"/.test(line);

type Fields = Readonly<Record<string, unknown>>;
interface Entry {
  readonly fields: Fields;
  readonly file: string;
  readonly line: number;
}

interface Page extends Entry {
  readonly query: string;
  readonly hits: readonly string[] | null;
  readonly impressions: Map<number, string>;
  readonly clicked: Map<string, Entry>; // by object, the first click
}

/**
 * Objects of all files, line by line; what an export has around them is taken off, and the lines of a bulk request that tell the index are passed over.
 * @param onFault gets what is wrong with a line, which is then left out
 */
async function* entries({ path }: NamedLogReading, onFault: (fault: DataError) => void): AsyncGenerator<Entry> {
  const isFolder = (await stat(path)).isDirectory();
  const files = isFolder ? (await filesWithin(path)).filter((name) => jsonLines.test(name)) : [path];
  for (const file of files)
    for await (const { text, line } of textLines(file)) {
      if (trimBlanks(text) === '') continue;
      const fields = unlessFaulty(() => fieldsIn(text, file, line), onFault);
      if (fields === null) continue;
      const [key, ...others] = Object.keys(fields);
      if (others.length > 0 || (key !== 'index' && key !== 'create')) yield { fields, file, line };
    }
}

function fieldsIn(text: string, file: string, line: number): Fields {
  const value = parseJson(text, file, line, 'an object on each line');
  const fields = within(value, '_source') ?? value;
  if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return fields as Fields;
  throw new DataError('expected an object on each line', { file, line });
}

const isEvent = ({ fields }: Entry): boolean => fields.action_name !== undefined;
/** Ids are texts or whole numbers. */
const idOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : Number.isSafeInteger(value) ? String(value) : null;
const within = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? (value as Fields)[key] : undefined);

async function read(reading: NamedLogReading): Promise<void> {
  const pages = new Map<string, Page>();
  const onFault = (fault: DataError) => leaveOut(reading, 'lines', 'that break the form', () => fault);
  for await (const entry of entries(reading, onFault)) if (!isEvent(entry)) addQuery(reading, pages, entry);
  for await (const entry of entries(reading, () => {})) if (isEvent(entry)) addEvent(reading, pages, entry);
  const timed = Array.from(pages.values(), (page) => ({ page, time: timeOf(page.fields.timestamp) }));
  reading.builder.ordered = timed.every(({ time }) => !Number.isNaN(time));
  if (reading.builder.ordered) timed.sort((a, b) => a.time - b.time);
  for (const { page } of timed) finish(reading, page);
}

const timeOf = (value: unknown): number => (typeof value === 'number' ? value : Date.parse(String(value)));

/** Why something is left out, as it is counted, and what is said of it. */
type Wrong = readonly [reason: string, problem: string];

function tell(reading: NamedLogReading, unit: string, [reason, problem]: Wrong, { file, line }: Entry): void {
  leaveOut(reading, unit, reason, () => new DataError(problem, { file, line }));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? trimBlanks(value) : '');

function addQuery(reading: NamedLogReading, pages: Map<string, Page>, entry: Entry): void {
  const { query_id: id, user_query: query, query_response_hit_ids: hits } = entry.fields;
  const wrong = wrongQuery(entry.fields, pages);
  if (wrong !== null) tell(reading, sessionUnit, wrong, entry);
  else
    pages.set(String(id), {
      ...{ ...entry, query: textOf(query), impressions: new Map(), clicked: new Map() },
      hits: Array.isArray(hits) ? hits.map(String) : null,
    });
}

function wrongQuery(fields: Fields, pages: ReadonlyMap<string, Page>): Wrong | null {
  const { user_query: query, query_response_hit_ids: hits } = fields;
  const id = idOf(fields.query_id);
  if (id === null) return ['without a query_id', 'no "query_id"'];
  if (pages.has(id)) return ['of a query_id that came before', `query_id ${shownText(id)} is there twice`];
  if (textOf(query) === '') return ['without a user_query', 'no "user_query", or an empty one'];
  const isList = Array.isArray(hits) && hits.every((hit) => idOf(hit) !== null);
  return hits === undefined || hits === null || isList ? null : ['whose hits are no ids', '"query_response_hit_ids" must be a list of ids'];
}

function addEvent(reading: NamedLogReading, pages: ReadonlyMap<string, Page>, entry: Entry): void {
  const { ledger } = reading;
  const { action_name: action, event_attributes: attributes, query_id: id } = entry.fields;
  const object = idOf(within(within(attributes, 'object'), 'object_id'));
  const page = pages.get(idOf(id) ?? '');
  const unit = action === 'click' ? clickUnit : 'impressions';
  if (action !== 'click' && action !== 'impression') ledger.reject('events', 'of other actions than click and impression');
  else if (page === undefined)
    tell(reading, unit, ['of queries that are not there', `query_id ${shownText(String(id))} is no query of the log`], entry);
  else if (object === null) tell(reading, unit, ['without an object', 'no "event_attributes.object.object_id"'], entry);
  else if (action === 'click') {
    if (page.clicked.has(object)) ledger.merge(clickUnit);
    else page.clicked.set(object, entry);
  } else addImpression(reading, page, object, entry);
}

function addImpression(reading: NamedLogReading, { impressions }: Page, object: string, entry: Entry): void {
  const ordinal = within(within(entry.fields.event_attributes, 'position'), 'ordinal') as number;
  const unit = 'impressions';
  if (!Number.isSafeInteger(ordinal)) tell(reading, unit, ['without a place', 'no "event_attributes.position.ordinal"'], entry);
  else if ((impressions.get(ordinal) ?? object) !== object)
    tell(reading, unit, ['at the place of another', `at ordinal ${ordinal} the query showed another object before`], entry);
  else {
    if (impressions.has(ordinal)) reading.ledger.merge(unit);
    else reading.ledger.keep(unit);
    impressions.set(ordinal, object);
  }
}

function finish(reading: NamedLogReading, page: Page): void {
  const { fields, file, line, query, hits, impressions, clicked } = page;
  const ordinals = [...impressions.keys()].sort((a, b) => a - b);
  const docs = hits ?? ordinals.map((ordinal) => impressions.get(ordinal) as string);
  const shown = new Set(docs);
  for (const [object, entry] of clicked) {
    if (shown.has(object)) reading.ledger.keep(clickUnit);
    else
      tell(
        reading,
        clickUnit,
        ['on documents that were not shown', `a click on ${shownText(object)}, which its query did not show`],
        entry,
      );
  }
  const hasGaps = hits === null && (ordinals[0] > 1 || ordinals.some((ordinal, k) => ordinal !== ordinals[0] + k));
  if (docs.length === 0) reading.ledger.reject(sessionUnit, 'without results');
  else if (hasGaps) tell(reading, sessionUnit, ['whose impressions have gaps', 'its impressions are not at 1, 2, 3 … or 0, 1, 2 …'], page);
  else {
    const context = reading.context === null ? {} : { context: idOf(fields[application]) ?? '' };
    addSession({ ...reading, path: file }, { query, docs, clicks: docs.map((doc) => Number(clicked.has(doc))), line, ...context });
  }
}
