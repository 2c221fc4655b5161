import { DataError } from '../../errors.ts';
import { gather } from './gather.ts';
import type { TrecRun } from './trec-run.ts';

/**
 * A run in the order of its rank column: of every topic the ranks 1 … n (or 0 … n − 1), each once, along which scores never rise.
 * @param ranks one per document, whole @throws DataError for a topic of which that is not so
 */
export function rankByColumn<T extends TrecRun>(file: string, run: T, ranks: Float64Array): T {
  const { topics, offsets, documents, scores } = run;
  const order = new Uint32Array(ranks.length);
  for (let q = 0; q < topics.length; q++) {
    const [start, end] = [offsets[q], offsets[q + 1]];
    const own = order.subarray(start, end);
    own.forEach((_, i) => {
      own[i] = start + i;
    });
    own.sort((a, b) => ranks[a] - ranks[b]);
    checkRanks(file, run, q, own, ranks);
  }
  return {
    ...run,
    documents: gather(new Uint32Array(order.length), documents, order),
    scores: gather(new Float64Array(order.length), scores, order),
  };
}

function checkRanks(file: string, { ids, topics, documents, scores }: TrecRun, q: number, order: Uint32Array, ranks: Float64Array): void {
  const document = (row: number) => `"${ids.documentsOf(topics[q]).text(documents[row])}"`;
  const fault = (problem: string) =>
    new DataError(`topic ${ids.topics.text(topics[q])}: ${problem}; --ties id or expected goes by the scores alone`, { file });
  const first = Math.min(1, Math.max(0, ranks[order[0]]));
  order.forEach((row, i) => {
    if (i > 0 && ranks[row] === ranks[order[i - 1]])
      throw fault(`documents ${document(order[i - 1])} and ${document(row)} both have rank ${ranks[row]}`);
    if (ranks[row] !== first + i) throw fault(`no document has rank ${first + i}, that of ${document(row)} is ${ranks[row]}`);
    if (i > 0 && scores[row] > scores[order[i - 1]])
      throw fault(
        `document ${document(row)} has rank ${ranks[row]} but a higher score, ${scores[row]}, than ${document(order[i - 1])} above it, ${scores[order[i - 1]]}`,
      );
  });
}
