import { growingFloat32 } from '../growing-array.ts';
import { NumberScanner } from '../scan-number.ts';
import { gather } from './gather.ts';
import { createTrecIds, type TrecIds } from './id-table.ts';
import type { Qrels } from './qrels.ts';
import { fieldFault, readTrecLines } from './read-trec-lines.ts';
import { TopicRows } from './topic-rows.ts';

const format = { fields: 4, moreAllowed: false, example: '"topic iteration document grade"' };
/** Grades are kept as 32-bit floats, which hold all whole numbers up to here. */
const largestGrade = 2 ** 24;

/**
 * Reads relevance judgments in TREC form, `topic iteration document grade`, plain or gzip; the iteration is ignored, as trec_eval does.
 * A grade is a whole number; below 0 says that the document is in the pool but was not judged. Blank lines and lines that start with #
 * are skipped.
 * @param ids pass those of the runs that will be evaluated with it
 * @throws DataError with file and line for a wrong number of columns, a grade that is not a whole number, a document judged twice
 *   for a topic, or no line at all; UsageError when there is no such file
 */
export async function readQrels(path: string, ids: TrecIds = createTrecIds()): Promise<Qrels> {
  const rows = new TopicRows(path, ids);
  const grades = growingFloat32();
  const numbers = new NumberScanner();
  await readTrecLines(path, format, (bytes, scanner, line) => {
    const { starts, ends } = scanner;
    const grade = numbers.scan(bytes, starts[3]);
    const whole = Number.isInteger(grade) && Math.abs(grade) <= largestGrade && isWhole(bytes, starts[3], ends[3]);
    if (!whole) fieldFault(path, bytes, scanner, 3, line, 'a grade must be a whole number');
    rows.add(bytes, line, starts[0], ends[0], starts[2], ends[2]);
    grades.push(grade);
  });
  const { topics, offsets, rows: order } = rows.byTopic();
  return {
    ids,
    topics,
    offsets,
    documents: gather(new Uint32Array(order.length), rows.documents.values, order),
    grades: gather(new Float32Array(order.length), grades.values, order),
  };
}

/** Only digits after a sign that may be missing: 1.0 and 1e2 are whole, but more likely scores than grades. */
function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start;
  for (let i = first; i < end; i++) if (bytes[i] < 48 || bytes[i] > 57) return false;
  return end > first;
}
