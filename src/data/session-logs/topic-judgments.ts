import { DataError } from '../../errors.ts';
import { type Accounting, comments, Ledger, type Read } from '../accounting.ts';
import { wordsOf } from '../blanks.ts';
import { shownText } from '../decimal.ts';
import { textLines } from '../line-blocks.ts';
import { someOfBoth } from '../shared-ids.ts';

/** The judgments of one topic. */
export interface TopicJudgments {
  readonly grades: Map<string, number>; //                    by document: the highest over subtopics, 0 where it is below
  readonly aspects: Map<string, Record<string, number>>; //   by document: grades above 0 by subtopic; empty where the qrels name none
  readonly relevant: readonly number[]; //                    grades above 0
  readonly aspectCount: number; //                            subtopics with a relevant document
}

interface Gathered {
  readonly grades: Map<string, number>;
  readonly bySubtopic: Map<string, Map<string, { readonly grade: number; readonly line: number }>>; // by document
}

/** A grade has the form that `readQrels` wants. */
const gradePattern = /^[+-]?\d+$/;
const largestGrade = 2 ** 24;

/**
 * TREC qrels of topics, `topic subtopic document grade` with whitespace between; subtopic 0 is the topic as a whole. Lines that start
 * with #
 * are skipped.
 * @param regrade what grades stand for, where it is not themselves
 * @throws DataError with file and line on another number of columns, a grade that is not a whole number, and a document that is judged
 *   twice for a
 *   subtopic, as `readQrels` does; without any line; and where no judgment has a grade that stands for another
 */
export async function readTopicJudgments(
  path: string,
  regrade: ReadonlyMap<number, number> = new Map(),
): Promise<Read<{ readonly topics: ReadonlyMap<string, TopicJudgments> }>> {
  const topics = new Map<string, Gathered>();
  const ledger = new Ledger();
  const met = new Set<number>(); // grades as they were written
  for await (const { text, line } of textLines(path)) {
    const columns = wordsOf(text, 5);
    if (columns.length === 0) continue;
    if (columns[0].startsWith('#')) {
      ledger.reject('lines', comments);
      continue;
    }
    ledger.keep('lines');
    const [topic, subtopic, document, written] = columns;
    if (columns.length !== 4)
      throw new DataError(`expected topic, subtopic, document, grade; got ${columns.length} columns`, { file: path, line });
    const judged = gradePattern.test(written) ? Number(written) : Number.NaN;
    if (!(Math.abs(judged) <= largestGrade))
      throw new DataError(`a grade must be a whole number, got ${shownText(written)}`, { file: path, line });
    met.add(judged);
    const grade = regrade.get(judged) ?? judged;
    const known = topics.get(topic) ?? { grades: new Map(), bySubtopic: new Map() };
    topics.set(topic, known);
    const own = known.bySubtopic.get(document) ?? new Map();
    known.bySubtopic.set(document, own);
    const before = own.get(subtopic);
    if (before !== undefined) {
      const twice = `topic ${topic} has document ${document} twice for subtopic ${subtopic}, first in line ${before.line}; keep one`;
      throw new DataError(twice, { file: path, line });
    }
    own.set(subtopic, { grade, line });
    known.grades.set(document, Math.max(known.grades.get(document) ?? 0, grade));
  }
  if (topics.size === 0) throw new DataError('no judgment in it', { file: path });
  if (regrade.size > 0 && ![...regrade.keys()].some((grade) => met.has(grade))) {
    const some = [...met].sort((a, b) => a - b).slice(0, 10);
    throw new DataError(`no grade to be regraded, ${[...regrade.keys()].join(', ')}, is in it; it has ${some.join(', ')}`, { file: path });
  }
  return { topics: new Map([...topics].map(([topic, judgments]) => [topic, withCounts(judgments)])), accounting: ledger.accounting(path) };
}

function withCounts({ grades, bySubtopic }: Gathered): TopicJudgments {
  const relevant = [...grades.values()].filter((grade) => grade > 0);
  const aspects = new Map<string, Record<string, number>>();
  const found = new Set<string>();
  for (const [document, own] of bySubtopic) {
    const good = [...own].filter(([subtopic, { grade }]) => subtopic !== '0' && grade > 0);
    for (const [subtopic] of good) found.add(subtopic);
    if (good.length > 0) aspects.set(document, Object.fromEntries(good.map(([subtopic, { grade }]) => [subtopic, grade])));
  }
  return { grades, aspects, relevant, aspectCount: found.size };
}

/** Which search session is of which topic. */
export interface TopicMap {
  /** With the number of lines that say so. */
  readonly topics: ReadonlyMap<string, { readonly topic: string; readonly lines: number }>;
  /** @param sessions those of the log @throws DataError where none of them is in the map */
  account(sessions: ReadonlySet<string>, log: string): Accounting[];
}

/**
 * The topic of every search session: lines of search session, topic and perhaps more, with whitespace between, as the TREC Session track gives out
 * (`sessiontopicmap.txt`). A line for a subtopic repeats both. Lines for search sessions that the log does not have, a head among them, do no harm.
 * @throws DataError with file and line on a line of fewer than two columns, and on a search session with two topics
 */
export async function readTopicMap(path: string): Promise<TopicMap> {
  const topics = new Map<string, { topic: string; lines: number }>();
  for await (const { text, line } of textLines(path)) {
    const [session, topic] = wordsOf(text, 2);
    if (session === undefined) continue;
    if (topic === undefined) throw new DataError('expected search session and topic, got one column', { file: path, line });
    const before = topics.get(session) ?? { topic, lines: 0 };
    if (before.topic !== topic)
      throw new DataError(`search session ${session} has topic ${topic}, but topic ${before.topic} above`, { file: path, line });
    before.lines++;
    topics.set(session, before);
  }
  return {
    topics,
    account(sessions, log) {
      const ledger = new Ledger();
      for (const [session, { lines }] of topics) {
        if (!sessions.has(session)) ledger.reject('lines', 'on search sessions that the log does not have', lines);
        else {
          ledger.keep('lines');
          ledger.merge('lines', lines - 1);
        }
      }
      if (sessions.size > 0 && ![...sessions].some((session) => topics.has(session)))
        throw new DataError(`no search session of ${log} is in it; ${someOfBoth('it has', topics.keys(), 'the log', sessions)}`, {
          file: path,
        });
      return ledger.accounting(path);
    },
  };
}
