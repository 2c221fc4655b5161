import { DataError } from '../../errors.ts';
import type { SearchQuery, SearchResult, SearchSession } from '../search-session.ts';
import { checkSearchSession } from './check-search-session.ts';
import { orFault, type SessionLogContext, type SessionLogFormat } from './session-log-format.ts';
import { readTopicJudgments, readTopicMap, type TopicJudgments } from './topic-judgments.ts';
import { child, childrenOf, childText, type XmlElement, xmlElements } from './xml-elements.ts';
import { rankedDocuments, rankOf } from './xml-results.ts';

const idNames = ['clueweb12id', 'clueweb09id', 'docno', 'url'];
const wanted = new Set(['topic', 'interaction', 'query', 'results', 'result', 'clicked', 'click', 'rank', ...idNames]);

/**
 * TREC Session track, 2011–2014: session@num, userid > topic@num, interaction@num, starttime, type with query, results > result@rank (clueweb09id or
 * clueweb12id, else url) and clicked > click@starttime, endtime with rank. Times are seconds or hh:mm:ss. A further page of results (type "page")
 * belongs to the query before it. The current query, which has no results, is passed over. With qrels (topic, 0 or subtopic, document, grade) results
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
    for await (const element of xmlElements(path, 'session', wanted)) {
      const session = orFault(context, () => toSession(element, path, { judgments, topics }, context));
      if (session !== null) yield { session, line: element.line };
    }
  },
};

type GrowingQuery = SearchQuery & { readonly results: SearchResult[] };

interface Judged {
  readonly judgments: ReadonlyMap<string, TopicJudgments> | null;
  readonly topics: ReadonlyMap<string, string> | null;
}

function toSession(element: XmlElement, file: string, { judgments, topics }: Judged, context: SessionLogContext): SearchSession {
  const { num, userid } = element.attributes;
  const place = { file, line: element.line };
  if (num === undefined) throw new DataError('a session needs its num', place);
  const topic = topics?.get(num) ?? child(element, 'topic')?.attributes.num;
  if (judgments !== null && topic === undefined)
    throw new DataError(`session ${num} has no topic to look its judgments up by; --topic-map gives topics`, place);
  const judged = topic === undefined ? undefined : judgments?.get(topic);
  const queries: GrowingQuery[] = [];
  for (const interaction of childrenOf(element, 'interaction')) {
    const query = toQuery(interaction, file, judged, context);
    const before = queries[queries.length - 1];
    if (interaction.attributes.type === 'page' && before !== undefined) for (const result of query.results) before.results.push(result);
    else queries.push(query);
  }
  const session = {
    id: num,
    ...(userid !== undefined && { user: userid }),
    ...(topic !== undefined && { topic }),
    ...(judged !== undefined && { judged: judged.relevant, ...(judged.aspectCount > 0 && { aspectCount: judged.aspectCount }) }),
    queries,
  };
  return checkSearchSession(session, place);
}

function toQuery(interaction: XmlElement, file: string, judged: TopicJudgments | undefined, context: SessionLogContext): GrowingQuery {
  const text = child(interaction, 'query')?.text;
  if (text === undefined) throw new DataError('an interaction without query', { file, line: interaction.line });
  const time = secondsOf(interaction, 'starttime', file);
  const documents = rankedDocuments(child(interaction, 'results'), idNames, file);
  const clicks = clicksByRank(interaction, file);
  const ranks = new Set(documents.map(({ rank }) => rank));
  for (const rank of clicks.keys()) if (!ranks.has(rank)) context.unlistedClicks++;
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

/** Time of the first click and the time spent in all clicks, as far as the log has them, by rank. */
function clicksByRank(interaction: XmlElement, file: string): Map<number, Pick<SearchResult, 'clickTime' | 'dwell'>> {
  const byRank = new Map<number, { clickTime?: number; dwell?: number }>();
  const clicked = child(interaction, 'clicked');
  for (const click of clicked === undefined ? [] : childrenOf(clicked, 'click')) {
    const rank = rankOf(childText(click, 'rank'));
    if (Number.isNaN(rank)) throw new DataError('a click needs the rank of its result', { file, line: click.line });
    const [start, end] = [secondsOf(click, 'starttime', file), secondsOf(click, 'endtime', file)];
    const known = byRank.get(rank) ?? {};
    if (start !== undefined && known.clickTime === undefined) known.clickTime = start;
    if (start !== undefined && end !== undefined && end >= start) known.dwell = (known.dwell ?? 0) + end - start;
    byRank.set(rank, known);
  }
  return byRank;
}

/** An attribute in seconds, 95.5 or hh:mm:ss.s; undefined where it is not there. */
function secondsOf({ attributes, line }: XmlElement, name: string, file: string): number | undefined {
  const text = attributes[name];
  if (text === undefined || text.trim() === '') return undefined;
  const parts = text.split(':').map((part) => (/^\s*\d+(\.\d*)?\s*$/.test(part) ? Number(part) : Number.NaN));
  const seconds = parts.length === 1 || parts.length === 3 ? parts.reduce((sum, part) => 60 * sum + part, 0) : Number.NaN;
  if (!Number.isNaN(seconds)) return seconds;
  throw new DataError(`${name} must be seconds or hh:mm:ss, got "${text}"`, { file, line });
}
