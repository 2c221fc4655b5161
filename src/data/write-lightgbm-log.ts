import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { ClickLog } from './click-log.ts';
import type { QuerySet } from './query-set.ts';
import { writeAtomicStream } from './write-atomic.ts';
import { shortest, shortFeature } from './write-svmlight.ts';

/** The file of the sessions; the others are called as it, with an ending more. */
export const lightgbmFile = 'train.txt';

/**
 * Writes a click log as LightGBM learns from it by position (objective `lambdarank`, `lambdarank_position_bias_regularization`): each row of the log is a query, of
 * documents in the order shown. `train.txt` has `click index:value …` of each, features from 1, those that are 0 left out and missing ones `nan`; `train.txt.query` how many documents each query has,
 * `train.txt.position` the position of each, from 0, and `train.txt.weight` how many sessions the row stands for, on the line of each document. `readClickLog` and `readNamedClickLog` read it back, but for ids.
 * @param folder there, and empty @throws UsageError for documents without features, and a place that cannot be written
 */
export async function writeLightgbmLog(folder: string, log: ClickLog, set: Pick<QuerySet, 'features' | 'featureCount'>): Promise<void> {
  if (set.featureCount === 0) throw new UsageError('LightGBM learns from features, and the documents of this log have none; name them');
  const file = join(folder, lightgbmFile);
  await writeAtomicStream(file, texts(log, lines(set, log)));
  await writeAtomicStream(
    `${file}.query`,
    texts(log, (_row, shown) => `${shown}\n`),
  );
  await writeAtomicStream(
    `${file}.position`,
    texts(log, (_row, shown) => `${Array.from({ length: shown }, (_, k) => k).join('\n')}\n`),
  );
  await writeAtomicStream(
    `${file}.weight`,
    texts(log, (row, shown) => `${shortest(log.count[row])}\n`.repeat(shown)),
  );
}

/** @param textOf a row that shows so many documents */
function* texts(log: ClickLog, textOf: (row: number, shown: number) => string): Generator<string> {
  for (let row = 0; row < log.list.length; row++) yield textOf(row, log.clickOffsets[row + 1] - log.clickOffsets[row]);
}

function lines({ features, featureCount }: Pick<QuerySet, 'features' | 'featureCount'>, log: ClickLog) {
  let isFirst = true; // its last feature says how many there are
  return (row: number, shown: number): string => {
    let text = '';
    for (let k = 0; k < shown; k++) {
      const doc = log.docs[log.offsets[log.list[row]] + k];
      text += String(log.clicks[log.clickOffsets[row] + k]);
      for (let f = 0; f < featureCount; f++) {
        const value = features[doc * featureCount + f];
        if (value !== 0 || (isFirst && f + 1 === featureCount)) text += ` ${f + 1}:${shortFeature(value)}`;
      }
      isFirst = false;
      text += '\n';
    }
    return text;
  };
}
