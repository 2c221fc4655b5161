import { UsageError } from '../../errors.ts';
import { writeAtomicStream } from '../write-atomic.ts';
import { checkTrecId } from './check-trec-id.ts';
import type { Qrels } from './qrels.ts';

/**
 * Writes judgments as `topic 0 document grade`, gzip where the path ends in .gz, so that `readQrels` gives them back.
 * @throws UsageError for an id that the format cannot hold, a grade that is not a whole number, or a place that cannot be written;
 *   nothing is written then
 */
export function writeQrels(path: string, qrels: Qrels): Promise<void> {
  return writeAtomicStream(path, topicTexts(qrels));
}

/** One text per topic. */
function* topicTexts({ ids, topics, offsets, documents, grades }: Qrels): Generator<string> {
  for (let q = 0; q < topics.length; q++) {
    const topic = checkTrecId('topic', ids.topics.text(topics[q]));
    const table = ids.documentsOf(topics[q]);
    let text = '';
    for (let i = offsets[q]; i < offsets[q + 1]; i++) {
      if (!Number.isInteger(grades[i])) throw new UsageError(`a grade must be a whole number, got ${grades[i]} for topic ${topic}`);
      text += `${topic} 0 ${checkTrecId('document', table.text(documents[i]))} ${grades[i]}\n`;
    }
    yield text;
  }
}
