import type { Read } from '../accounting.ts';
import { fitsFloat32 } from '../decimal.ts';
import { growingFloat32, growingUint32 } from '../growing-array.ts';
import { reading } from '../reading.ts';
import { NumberScanner } from '../scan-number.ts';
import { gather } from './gather.ts';
import { createTrecIds, IdTable, type TrecIds } from './id-table.ts';
import type { Qrels } from './qrels.ts';
import { fieldFault, readTrecLines } from './read-trec-lines.ts';
import { gatherSubtopics } from './subtopics.ts';
import { TopicRows } from './topic-rows.ts';

const format = { fields: 4, moreAllowed: false, example: '"topic iteration document grade"' };
/** Grades are kept as 32-bit floats, which hold all whole numbers up to here. */
const largestGrade = 2 ** 24;

/** How `readQrels` reads judgments. */
export interface ReadQrelsOptions {
  /** The second column says which subtopic of the topic a judgment is for (diversity qrels), so that a document may have several. Default false. */
  readonly subtopics?: boolean;
  /** Grades may be any decimal numbers, such as means of several judges; kept as the nearest 32-bit floats. Default false: a fraction is more often a score. */
  readonly fractions?: boolean;
}

/**
 * Reads relevance judgments in TREC form, `topic iteration document grade`, plain or gzip; the iteration is ignored, as trec_eval does,
 * unless it is the subtopic.
 * A grade is a whole number, unless `fractions` are asked for; below 0 says that the document is in the pool but was not judged. Blank lines and lines that start with #
 * are skipped.
 * @param ids pass those of the runs that will be evaluated with it
 * @throws DataError with file and line for a wrong number of columns, a grade that is not a whole number, a document judged twice
 *   for a topic (and subtopic), or no line at all; UsageError when there is no such file
 */
export function readQrels(path: string, ids: TrecIds = createTrecIds(), options: ReadQrelsOptions = {}): Promise<Read<Qrels>> {
  return reading(path, () => judgmentsOf(path, ids, options));
}

async function judgmentsOf(
  path: string,
  ids: TrecIds,
  { subtopics: bySubtopic = false, fractions = false }: ReadQrelsOptions,
): Promise<Read<Qrels>> {
  const rows = new TopicRows(path, ids, { bySubtopic });
  const subtopicNames = new IdTable();
  const subtopics = growingUint32();
  const grades = growingFloat32();
  const numbers = new NumberScanner();
  const accounting = await readTrecLines(path, format, (block, scanner, line) => {
    const { bytes, view } = block;
    const { starts, ends } = scanner;
    const grade = numbers.scan(bytes, starts[3]);
    const whole = Number.isInteger(grade) && isWhole(bytes, starts[3], ends[3]);
    const number = fractions && numbers.end === ends[3] && fitsFloat32(grade) && !numbers.vanished;
    if (!whole && !number)
      fieldFault(path, block, scanner, 3, line, fractions ? 'a grade must be a decimal number' : 'a grade must be a whole number');
    if (Math.abs(grade) > largestGrade) fieldFault(path, block, scanner, 3, line, `a grade must be within ±${largestGrade}`);
    const subtopic = bySubtopic ? subtopicNames.intern(view, starts[1], ends[1]) : 0;
    rows.add(view, line, starts[0], ends[0], starts[2], ends[2], subtopic);
    grades.push(grade);
    if (bySubtopic) subtopics.push(subtopic);
  });
  const { topics, offsets, rows: order } = rows.byTopic();
  if (bySubtopic) return { ids, topics, ...gatherSubtopics(rows, { offsets, rows: order }, subtopics.values, grades.values), accounting };
  const [documents, values] = [rows.documents.trimmed(), grades.trimmed()];
  return {
    ids,
    topics,
    offsets,
    documents: order === null ? documents : gather(new Uint32Array(order.length), documents, order),
    grades: order === null ? values : gather(new Float32Array(order.length), values, order),
    accounting,
  };
}

/** Only digits after a sign that may be missing: 1.0 and 1e2 are whole, but more likely scores than grades. */
function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start;
  for (let i = first; i < end; i++) if (bytes[i] < 48 || bytes[i] > 57) return false;
  return end > first;
}
