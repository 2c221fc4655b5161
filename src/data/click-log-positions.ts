import { DataError } from '../errors.ts';
import type { ClickLogRecord, RecordOptions } from './click-log-format.ts';
import { readSvmlight } from './read-svmlight.ts';

/**
 * Records of an SVMlight file with a `.position` file beside it, the form in which LightGBM learns from clicks: each query is one session that
 * showed its documents at those positions, first 0 or 1 and none left out, and clicked those with a label above 0, a whole number as all labels are. A `.weight` beside it
 * says how many sessions each query stands for.
 */
export async function* positionRecords(path: string, { accounts }: RecordOptions = {}): AsyncGenerator<ClickLogRecord> {
  const { queryIds, docIds, offsets, labels, positions, weights, accounting } = await readSvmlight(path);
  accounts?.push(...accounting);
  if (positions === undefined)
    throw new DataError('SVMlight data is a click log only with its positions in a file beside it, named with .position after it', {
      file: path,
    });
  for (const [q, query] of queryIds.entries()) {
    const shown = Array.from({ length: offsets[q + 1] - offsets[q] }, (_, i) => offsets[q] + i).sort((a, b) => positions[a] - positions[b]);
    const first = positions[shown[0]];
    const gap = shown.findIndex((row, k) => positions[row] !== first + k);
    if (first > 1 || gap >= 0)
      throw new DataError(
        `query "${query}": positions must count up from 0 or 1, each once; got ${shown.slice(0, 50).map((row) => positions[row])}`,
        {
          file: `${path}.position`,
        },
      );
    const odd = shown.find((row) => !(Number.isInteger(labels[row]) && labels[row] >= 0));
    if (odd !== undefined)
      throw new DataError(`query "${query}": a label must be a whole number, 0 where there was no click; got ${labels[odd]}`, {
        file: path,
      });
    if (weights !== undefined && !(weights[shown[0]] > 0 && shown.every((row) => weights[row] === weights[shown[0]])))
      throw new DataError(
        `query "${query}": its documents must have one weight above 0, how many sessions it stands for; got ${shown.slice(0, 50).map((row) => weights[row])}`,
        { file: `${path}.weight` },
      );
    yield {
      query,
      docs: shown.map((row) => docIds[row]),
      clicks: shown.map((row) => Number(labels[row] > 0)),
      count: weights?.[offsets[q]] ?? 1,
      line: q + 1,
    };
  }
}
