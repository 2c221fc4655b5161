import { DataError } from '../../errors.ts';
import type { Ledger } from '../accounting.ts';
import type { SearchQuery, SearchResult, SearchSession } from '../search-session.ts';
import { someOfBoth } from '../shared-ids.ts';
import { checkSearchSession } from './check-search-session.ts';
import { orFault, type SessionLogFormat } from './session-log-format.ts';
import { readTopicJudgments, readTopicMap, type TopicJudgments, type TopicMap } from './topic-judgments.ts';
import { xmlElements } from './xml-elements.ts';
import { countClicks, rankedClicks, rankedDocuments } from './xml-results.ts';
import { child, childrenOf, type XmlElement, type XmlForm, type XmlRecord } from './xml-tree.ts';

const idNames = ['clueweb12id', 'clueweb09id', 'docno'];
const form: XmlForm = {
  session: { topic: 'one', interaction: 'many' },
  topic: {},
  interaction: { query: 'one', results: 'many', clicked: 'many' },
  results: { result: 'many' },
  result: Object.fromEntries([...idNames, 'url'].map((name) => [name, 'one'])),
  clicked: { click: 'many' },
  click: { rank: 'one', docno: 'one' },
};

/**
 * TREC Session track, 2011–2014: session@num, userid > topic@num, interaction@num, starttime, type with query, results > result@rank (clueweb09id or
 * clueweb12id, else url; ranks without a result close up, and are counted) and clicked > click@starttime, endtime with rank. Times are seconds or hh:mm:ss. A click that ends before it starts has no dwell time. A further page of results (type "page")
 * belongs to the query before it, if it has the same text. The current query, which has no results, is passed over. With qrels (topic, 0 or subtopic, document, grade) results
 * have grades, the highest over subtopics; a grade below 0 (spam) is 0, and so is that of a document without judgment, as the track evaluates. Topics are those of the log, or of the topic map: 2011's log names none.
 */
export const trecSession: SessionLogFormat = {
  description: 'TREC Session track, XML; grades from its qrels (--qrels)',
  highestGrade: null,
  labels: 'grade',
  async *read(path, context) {
    const { qrels, topicMap, regrade } = context;
    const judgments = qrels === undefined ? null : await readTopicJudgments(qrels, regrade);
    const topics = topicMap === undefined ? null : await readTopicMap(topicMap);
    const looking = { judgments: judgments?.topics ?? null, topics: topics?.topics ?? null, met: new JudgedDocuments() };
    const numbers = new Set<string>();
    for await (const record of xmlElements(path, 'session', form, context.ledger)) {
      const { num } = record.attributes;
      if (num !== undefined) numbers.add(num);
      const session = orFault(context, () => toSession(record, path, looking));
      if (session !== null) yield { session, line: record.line, ledger: record.ledger };
    }
    context.accounts.push(...(topics?.account(numbers, path) ?? []), ...(judgments?.accounting ?? []));
    if (qrels !== undefined) looking.met.check(path, qrels);
  },
};

type GrowingQuery = SearchQuery & { readonly results: SearchResult[] };

interface Judged {
  readonly judgments: ReadonlyMap<string, TopicJudgments> | null;
  readonly topics: TopicMap['topics'] | null;
  readonly met: JudgedDocuments;
}

/** Whether any result is judged: where none is, the ids are of two kinds, and all grades would be 0. */
class JudgedDocuments {
  #found = false;
  readonly #missing: string[] = []; // the first documents without a judgment …
  #judged: TopicJudgments | null = null; // … and the judgments of their topic

  look(id: string, judged: TopicJudgments): void {
    if (this.#found) return;
    this.#found = judged.grades.has(id);
    this.#judged ??= judged;
    if (this.#missing.length < 4) this.#missing.push(id);
  }

  /** @throws DataError where there were results, and none is judged */
  check(log: string, qrels: string): void {
    if (this.#found || this.#judged === null) return;
    const some = someOfBoth('they have', this.#judged.grades.keys(), 'the log', this.#missing);
    throw new DataError(`no judgment is of a document that ${log} lists for its topic; ${some}`, { file: qrels });
  }
}

function toSession(record: XmlRecord, file: string, { judgments, topics, met }: Judged): SearchSession {
  const { num, userid } = record.attributes;
  const place = { file, line: record.line };
  if (record.fault !== null) throw record.fault;
  if (num === undefined) throw new DataError('a session needs its num', place);
  const topic = topics?.get(num)?.topic ?? child(record, 'topic')?.attributes.num;
  if (judgments !== null && topic === undefined)
    throw new DataError(`session ${num} has no topic to look its judgments up by; --topic-map gives topics`, place);
  const judged = topic === undefined ? undefined : judgments?.get(topic);
  const queries: GrowingQuery[] = [];
  for (const interaction of childrenOf(record, 'interaction')) {
    const query = toQuery(interaction, file, judged, record.ledger);
    const before = queries[queries.length - 1];
    if (interaction.attributes.type === 'page' && before?.text === query.text) {
      for (const result of query.results) before.results.push(result);
      record.ledger.merge('queries');
    } else {
      queries.push(query);
      record.ledger.keep('queries');
    }
  }
  if (judged !== undefined) for (const { results } of queries) for (const { id } of results) met.look(id, judged);
  const session = {
    id: num,
    ...(userid !== undefined && { user: userid }),
    ...(topic !== undefined && { topic }),
    ...(judged !== undefined && { judged: judged.relevant, ...(judged.aspectCount > 0 && { aspectCount: judged.aspectCount }) }),
    queries,
  };
  return checkSearchSession(session, place);
}

function toQuery(interaction: XmlElement, file: string, judged: TopicJudgments | undefined, ledger: Ledger): GrowingQuery {
  const text = child(interaction, 'query')?.text;
  if (text === undefined) throw new DataError('an interaction without query', { file, line: interaction.line });
  const time = secondsOf(interaction, 'starttime', file);
  const documents = rankedDocuments(interaction, idNames, ['url'], file);
  const ranked = rankedClicks(interaction, documents, file);
  const clicks = clicksByRank(ranked, file, ledger);
  countClicks(ledger, interaction.attributes.type === 'page' ? (documents[0]?.rank ?? 1) : 1, documents, ranked);
  const results: SearchResult[] = documents.map(({ id, rank }) => {
    const aspects = judged?.aspects.get(id);
    const grade = judged && (judged.grades.get(id) ?? 0);
    return {
      id,
      clicked: clicks.has(rank),
      ...clicks.get(rank),
      ...(grade !== undefined && { grade }),
      ...(aspects !== undefined && { aspects }),
    };
  });
  return { text, ...(time !== undefined && { time }), results };
}

/** Time of the first click and the time spent in all clicks, as far as the log has them, by rank. @param ledger counts times spent */
function clicksByRank(
  clicks: ReturnType<typeof rankedClicks>,
  file: string,
  ledger: Ledger,
): Map<number, Pick<SearchResult, 'clickTime' | 'dwell'>> {
  const byRank = new Map<number, { clickTime?: number; dwell?: number }>();
  for (const { click, rank } of clicks) {
    const [start, end] = [secondsOf(click, 'starttime', file), secondsOf(click, 'endtime', file)];
    const known = byRank.get(rank) ?? {};
    if (start !== undefined && known.clickTime === undefined) known.clickTime = start;
    if (start !== undefined && end !== undefined) {
      if (end < start) ledger.reject('dwell times', 'of clicks that end before they start');
      else {
        known.dwell = (known.dwell ?? 0) + end - start;
        ledger.keep('dwell times');
      }
    }
    byRank.set(rank, known);
  }
  return byRank;
}

/** An attribute in seconds, 95.5 or hh:mm:ss.s with hours of any number; undefined where it is not there. */
function secondsOf({ attributes, line }: XmlElement, name: string, file: string): number | undefined {
  const text = attributes[name];
  if (text === undefined || text.trim() === '') return undefined;
  const parts = text.split(':').map((part) => (/^\s*\d+(\.\d*)?\s*$/.test(part) ? Number(part) : Number.NaN));
  const isTime = parts.length === 1 || (parts.length === 3 && parts.slice(1).every((part) => part < 60));
  const seconds = isTime ? parts.reduce((sum, part) => 60 * sum + part, 0) : Number.NaN;
  if (!Number.isNaN(seconds)) return seconds;
  throw new DataError(`${name} must be seconds or hh:mm:ss, minutes and seconds below 60, got "${text}"`, { file, line });
}
