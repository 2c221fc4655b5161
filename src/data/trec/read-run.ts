import { stat } from 'node:fs/promises';
import { growingFloat64 } from '../growing-array.ts';
import { reading } from '../reading.ts';
import { NumberScanner } from '../scan-number.ts';
import { gather } from './gather.ts';
import { createTrecIds, type TrecIds } from './id-table.ts';
import { rankInPlace } from './rank-in-place.ts';
import { fieldFault, readTrecLines } from './read-trec-lines.ts';
import { sameBytes } from './same-bytes.ts';
import { TopicRows } from './topic-rows.ts';
import type { TrecRun } from './trec-run.ts';

const format = { fields: 6, moreAllowed: true, example: '"topic Q0 document rank score tag"' };

/**
 * Reads a run in TREC form, `topic Q0 document rank score tag`, plain or gzip. As trec_eval does: documents are ranked by score, ties by
 * document id descending (bytes); the rank column is ignored; what follows the tag is ignored; the tag is that of the last line; the lines
 * of a topic may stand anywhere. Blank lines and lines that start with # are skipped.
 * @param ids pass those of the judgments to evaluate with
 * @throws DataError with file and line for a wrong number of columns, a score that is not a finite number, a document twice for a topic,
 *   or no line at all; UsageError when there is no such file
 */
export function readRun(path: string, ids: TrecIds = createTrecIds()): Promise<TrecRun> {
  return reading(path, () => runIn(path, ids));
}

async function runIn(path: string, ids: TrecIds): Promise<TrecRun> {
  const expected = await expectedRows(path);
  const rows = new TopicRows(path, ids, expected);
  const scores = growingFloat64(expected);
  const numbers = new NumberScanner();
  let tag: Buffer = Buffer.alloc(0);
  await readTrecLines(path, format, (block, scanner, line) => {
    const { bytes, view } = block;
    const { starts, ends } = scanner;
    const score = numbers.scan(bytes, starts[4]);
    if (!(Number.isFinite(score) && numbers.end === ends[4])) fieldFault(path, block, scanner, 4, line, 'a score must be a finite number');
    rows.add(view, line, starts[0], ends[0], starts[2], ends[2]);
    scores.push(score);
    if (!sameBytes(tag, bytes, starts[5], ends[5])) tag = Buffer.from(bytes.subarray(starts[5], ends[5]));
  });
  const { topics, offsets, rows: order } = rows.byTopic();
  const [documents, values] = [rows.documents.values.subarray(0, rows.length), scores.values.subarray(0, rows.length)];
  const run = {
    ids,
    tag: tag.toString(),
    topics,
    offsets,
    documents: order === null ? documents : gather(new Uint32Array(order.length), documents, order),
    scores: order === null ? values : gather(new Float64Array(order.length), values, order),
  };
  rankInPlace(run, run.documents, run.scores);
  return run;
}

/** Room for the rows of a file whose lines are not unusually short; memory that is not used costs nothing. */
async function expectedRows(path: string): Promise<number> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0, // reading it will tell why
  );
  return Math.max(1 << 10, Math.ceil(size / 32));
}
