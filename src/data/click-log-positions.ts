import { DataError } from '../errors.ts';
import { type ClickLogRecord, type RecordOptions, unlessFaulty } from './click-log-format.ts';
import { shownText } from './decimal.ts';
import type { QuerySet } from './query-set.ts';
import { readSvmlight } from './read-svmlight.ts';

/**
 * Records of an SVMlight file with a `.position` file beside it, the form in which LightGBM learns from clicks: each query is one session that
 * showed its documents at those positions, first 0 or 1 and none left out, and clicked those with a label above 0, a whole number as all labels are. A `.weight` beside it
 * says how many sessions each query stands for.
 */
export async function* positionRecords(path: string, { accounts, onFault }: RecordOptions = {}): AsyncGenerator<ClickLogRecord> {
  const { queryIds, docIds, offsets, labels, positions, weights, accounting } = await readSvmlight(path);
  accounts?.push(...accounting);
  if (positions === undefined)
    throw new DataError('SVMlight data is a click log only with its positions in a file beside it, named with .position after it', {
      file: path,
    });
  const log = { path, queryIds, docIds, offsets, labels, positions, weights };
  for (let q = 0; q < queryIds.length; q++) {
    const record = unlessFaulty(() => toRecord(log, q), onFault);
    if (record !== null) yield record;
  }
}

type PlacedDocuments = Pick<QuerySet, 'queryIds' | 'docIds' | 'offsets' | 'labels'> & {
  readonly path: string;
  readonly positions: Uint32Array;
  readonly weights: QuerySet['weights'];
};

/** A query as a session; files beside have a line for each document. */
function toRecord({ path, queryIds, docIds, offsets, labels, positions, weights }: PlacedDocuments, q: number): ClickLogRecord {
  const query = shownText(queryIds[q]);
  const rows = Array.from({ length: offsets[q + 1] - offsets[q] }, (_, i) => offsets[q] + i);
  const shown = [...rows].sort((a, b) => positions[a] - positions[b]);
  const some = (values: ArrayLike<number>) => shown.slice(0, 50).map((row) => values[row]);
  const first = positions[shown[0]];
  const gap = shown.find((row, k) => positions[row] !== first + k);
  if (first > 1 || gap !== undefined)
    throw new DataError(`query ${query}: positions must count up from 0 or 1, each once; got ${some(positions)}`, {
      file: `${path}.position`,
      line: (gap ?? shown[0]) + 1,
    });
  const odd = shown.find((row) => !(Number.isInteger(labels[row]) && labels[row] >= 0));
  if (odd !== undefined)
    throw new DataError(`query ${query}: a label must be a whole number, 0 where there was no click; got ${labels[odd]}`, { file: path });
  const other = weights && rows.find((row) => !(weights[row] > 0 && weights[row] === weights[rows[0]]));
  if (weights !== undefined && other !== undefined)
    throw new DataError(
      `query ${query}: its documents must have one weight above 0, how many sessions it stands for; got ${some(weights)}`,
      { file: `${path}.weight`, ...(weights[other] !== weights[rows[0]] && { line: other + 1 }) }, // a file with a weight a query has other lines
    );
  return {
    query: queryIds[q],
    docs: shown.map((row) => docIds[row]),
    clicks: shown.map((row) => Number(labels[row] > 0)),
    count: weights?.[offsets[q]] ?? 1,
    line: q + 1,
  };
}
