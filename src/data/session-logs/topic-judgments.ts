import { DataError } from '../../errors.ts';
import { textLines } from '../line-blocks.ts';

/** The judgments of one topic. */
export interface TopicJudgments {
  readonly grades: Map<string, number>; //                    by document: the highest over subtopics, 0 where it is below
  readonly aspects: Map<string, Record<string, number>>; //   by document: grades above 0 by subtopic; empty where the qrels name none
  readonly relevant: readonly number[]; //                    grades above 0
  readonly aspectCount: number; //                            subtopics with a relevant document
}

/**
 * TREC qrels of topics, `topic subtopic document grade` with whitespace between; subtopic 0 is the topic as a whole.
 * @param regrade what grades stand for, where it is not themselves
 * @throws DataError with file and line on another number of columns or a grade that is not a whole number, and without any line
 */
export async function readTopicJudgments(
  path: string,
  regrade: ReadonlyMap<number, number> = new Map(),
): Promise<ReadonlyMap<string, TopicJudgments>> {
  const topics = new Map<string, Omit<TopicJudgments, 'relevant' | 'aspectCount'>>();
  for await (const { text, line } of textLines(path)) {
    if (text.trim() === '') continue;
    const columns = text.trim().split(/\s+/);
    const [topic, subtopic, document, written] = columns;
    const judged = Number(written);
    if (columns.length !== 4)
      throw new DataError(`expected topic, subtopic, document, grade; got ${columns.length} columns`, { file: path, line });
    if (!Number.isInteger(judged)) throw new DataError(`a grade must be a whole number, got "${written}"`, { file: path, line });
    const grade = regrade.get(judged) ?? judged;
    const known = topics.get(topic) ?? { grades: new Map<string, number>(), aspects: new Map<string, Record<string, number>>() };
    topics.set(topic, known);
    known.grades.set(document, Math.max(known.grades.get(document) ?? 0, grade));
    if (subtopic !== '0' && grade > 0) known.aspects.set(document, { ...known.aspects.get(document), [subtopic]: grade });
  }
  if (topics.size === 0) throw new DataError('no judgment in it', { file: path });
  return new Map([...topics].map(([topic, judgments]) => [topic, withCounts(judgments)]));
}

function withCounts({ grades, aspects }: Omit<TopicJudgments, 'relevant' | 'aspectCount'>): TopicJudgments {
  const relevant = [...grades.values()].filter((grade) => grade > 0);
  return { grades, aspects, relevant, aspectCount: new Set([...aspects.values()].flatMap((own) => Object.keys(own))).size };
}

/**
 * The topic of every search session: lines of search session, topic and perhaps more, with whitespace between, as the TREC Session track gives out
 * (`sessiontopicmap.txt`). A line for a subtopic repeats both. Lines for search sessions that the log does not have, a head among them, do no harm.
 * @throws DataError with file and line on a line of fewer than two columns, and on a search session with two topics
 */
export async function readTopicMap(path: string): Promise<ReadonlyMap<string, string>> {
  const topics = new Map<string, string>();
  for await (const { text, line } of textLines(path)) {
    if (text.trim() === '') continue;
    const [session, topic] = text.trim().split(/\s+/);
    if (topic === undefined) throw new DataError('expected search session and topic, got one column', { file: path, line });
    const before = topics.get(session) ?? topic;
    if (before !== topic)
      throw new DataError(`search session ${session} has topic ${topic}, but topic ${before} above`, { file: path, line });
    topics.set(session, topic);
  }
  return topics;
}
