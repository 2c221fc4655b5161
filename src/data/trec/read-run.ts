import { stat } from 'node:fs/promises';
import type { Read } from '../accounting.ts';
import { growingFloat64 } from '../growing-array.ts';
import { reading } from '../reading.ts';
import { NumberScanner } from '../scan-number.ts';
import { gather } from './gather.ts';
import { createTrecIds, type TrecIds } from './id-table.ts';
import { rankByColumn } from './rank-by-column.ts';
import { rankInPlace } from './rank-in-place.ts';
import { fieldFault, readTrecLines } from './read-trec-lines.ts';
import { sameBytes } from './same-bytes.ts';
import { TopicRows } from './topic-rows.ts';
import type { TrecRun } from './trec-run.ts';

const format = { fields: 6, moreAllowed: true, example: '"topic Q0 document rank score tag"' };

/**
 * Reads a run in TREC form, `topic Q0 document rank score tag`, plain or gzip. As trec_eval does: documents are ranked by score, ties by
 * document id descending (bytes), the rank column is ignored, unless `ties` says otherwise; what follows the tag is ignored; the tag is that of the last line; the lines
 * of a topic may stand anywhere. Blank lines and lines that start with # are skipped.
 * @param ids pass those of the judgments to evaluate with
 * @param options.ties id (default): document id descending; rank: the rank column, which must agree with the scores where they differ
 * @throws DataError with file and line for a wrong number of columns, a score that is not a finite number, a document twice for a topic,
 *   or no line at all; with `rank` for ranks that are not 1 … n of a topic; UsageError when there is no such file
 */
export function readRun(path: string, ids: TrecIds = createTrecIds(), { ties = 'id' }: ReadRunOptions = {}): Promise<Read<TrecRun>> {
  return reading(path, () => runIn(path, ids, ties));
}

export interface ReadRunOptions {
  readonly ties?: 'id' | 'rank';
}

async function runIn(path: string, ids: TrecIds, ties: 'id' | 'rank'): Promise<Read<TrecRun>> {
  const expected = await expectedRows(path);
  const rows = new TopicRows(path, ids, { expected });
  const scores = growingFloat64(expected);
  const ranks = ties === 'rank' ? growingFloat64(expected) : null;
  const numbers = new NumberScanner();
  let tag: Buffer = Buffer.alloc(0);
  const accounting = await readTrecLines(path, format, (block, scanner, line) => {
    const { bytes, view } = block;
    const { starts, ends } = scanner;
    const score = numbers.scan(bytes, starts[4]);
    if (!(Number.isFinite(score) && numbers.end === ends[4])) fieldFault(path, block, scanner, 4, line, 'a score must be a finite number');
    rows.add(view, line, starts[0], ends[0], starts[2], ends[2]);
    scores.push(score);
    if (ranks) {
      const rank = numbers.scan(bytes, starts[3]);
      if (!(Number.isSafeInteger(rank) && rank >= 0 && numbers.end === ends[3]))
        fieldFault(path, block, scanner, 3, line, 'to order ties by rank, ranks must be whole numbers; --ties id and expected need none');
      ranks.push(rank);
    }
    if (!sameBytes(tag, bytes, starts[5], ends[5])) tag = Buffer.from(bytes.subarray(starts[5], ends[5]));
  });
  const { topics, offsets, rows: order } = rows.byTopic();
  const [documents, values] = [rows.documents.values.subarray(0, rows.length), scores.values.subarray(0, rows.length)];
  const sorted = (column: Float64Array) => (order === null ? column : gather(new Float64Array(order.length), column, order));
  const run = {
    ids,
    tag: tag.toString(),
    topics,
    offsets,
    documents: order === null ? documents : gather(new Uint32Array(order.length), documents, order),
    scores: sorted(values),
    accounting,
  };
  if (ranks) return rankByColumn(path, run, sorted(ranks.values.subarray(0, rows.length)));
  rankInPlace(run, run.documents, run.scores);
  return run;
}

/** Room for the rows of a file whose lines are not unusually short; memory that is not used costs nothing. */
async function expectedRows(path: string): Promise<number> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0, // reading it will tell why
  );
  return Math.min(Math.max(1 << 10, Math.ceil(size / 32)), 1 << 27); // of a file with holes the size says little
}
