import { UsageError } from '../../errors.ts';
import { writeAtomicStream } from '../write-atomic.ts';
import { checkTrecId } from './check-trec-id.ts';
import type { TrecRun } from './trec-run.ts';

/**
 * Writes a run as `topic Q0 document rank score tag`, ranks from 1, gzip where the path ends in .gz, so that `readRun` gives it back:
 * scores are written with as many digits as it takes.
 * @throws UsageError for an id or tag that the format cannot hold, a score that is not finite, or a place that cannot be written;
 *   nothing is written then
 */
export function writeRun(path: string, run: TrecRun): Promise<void> {
  return writeAtomicStream(path, topicTexts(run));
}

/** One text per topic. */
function* topicTexts({ ids, tag, topics, offsets, documents, scores }: TrecRun): Generator<string> {
  checkTrecId('tag', tag);
  for (let q = 0; q < topics.length; q++) {
    const topic = checkTrecId('topic', ids.topics.text(topics[q]));
    const table = ids.documentsOf(topics[q]);
    let text = '';
    for (let i = offsets[q]; i < offsets[q + 1]; i++) {
      if (!Number.isFinite(scores[i])) throw new UsageError(`a score must be finite, got ${scores[i]} for topic ${topic}`);
      const document = checkTrecId('document', table.text(documents[i]));
      text += `${topic} Q0 ${document} ${i - offsets[q] + 1} ${scores[i]} ${tag}\n`;
    }
    yield text;
  }
}
