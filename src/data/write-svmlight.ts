import { UsageError } from '../errors.ts';
import { hasBlank } from './blanks.ts';
import type { QuerySet } from './query-set.ts';
import { docIdFault } from './svmlight-doc-id.ts';
import { writeAtomicStream } from './write-atomic.ts';

/**
 * Writes a query set as `label qid:ID index:value … # docid = ID`, gzip where the path ends in .gz, so that `readSvmlight` gives it back
 * exactly. Features that are 0 are left out, but for the last one of the first document, which keeps the feature count;
 * missing ones (NaN) are `nan`;
 * a docid is written where it is not just the 1-based place in the query.
 * @throws UsageError for an id that the format cannot hold, a label that is not finite, an infinite feature, a query without documents,
 *   or a place that cannot be written; nothing is written then
 */
export function writeSvmlight(path: string, set: QuerySet): Promise<void> {
  return writeAtomicStream(path, queryTexts(set));
}

/** One text per query. */
function* queryTexts({ queryIds, docIds, offsets, features, featureCount, labels }: QuerySet): Generator<string> {
  for (let q = 0; q < queryIds.length; q++) {
    const id = checkQueryId(queryIds[q]);
    if (offsets[q] === offsets[q + 1]) throw new UsageError(`query "${id}" has no documents, which this format cannot hold; leave it out`);
    let text = '';
    for (let d = offsets[q]; d < offsets[q + 1]; d++) {
      text += `${shortest(labels[d])} qid:${id}`;
      const last = d === 0 ? featureCount : 0;
      for (let f = 1; f <= featureCount; f++) {
        const value = features[d * featureCount + f - 1];
        if (!Object.is(value, 0) || f === last) text += ` ${f}:${shortFeature(value)}`;
      }
      const named = docIds[d] !== String(d - offsets[q] + 1);
      text += named ? ` # docid = ${checkDocId(docIds[d])}\n` : '\n';
    }
    yield text;
  }
}

/** {@link shortest}, of what is missing `nan`. */
export const shortFeature = (value: number): string => (Number.isNaN(value) ? 'nan' : shortest(value));

/** A short decimal from which the same 32-bit float comes back; nine digits are always enough (IEEE 754, 5.12.2). */
export function shortest(value: number): string {
  if (Number.isInteger(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (!Number.isFinite(value)) throw new UsageError(`cannot write the number ${value}; labels and features must be finite`);
  for (let digits = 7; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits)); // printed without trailing zeros
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

function checkQueryId(id: string): string {
  if (id === '' || hasBlank(id) || id.includes('#'))
    throw new UsageError(`query id ${JSON.stringify(id)} cannot be written: empty, or with a blank or #; rename it`);
  return id;
}

function checkDocId(id: string): string {
  const fault = docIdFault(id);
  if (fault !== null) throw new UsageError(`document id ${JSON.stringify(id)} cannot be written: ${fault}; rename it`);
  return id;
}
