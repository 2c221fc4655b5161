import { commonQueries } from '../../../src/data/common-queries.ts';
import type { DataSplits } from '../../../src/data/query-set.ts';
import type { DataParts, SharedQueries } from '../../engine/task.ts';
import { ofFold, readData } from './load-data.ts';
import type { RankingConfig } from './ranking-config.ts';

type Part = keyof DataSplits;

/** Which part must not have queries of which, and what that does. */
const apart: readonly (readonly [Part, Part, string])[] = [
  ['test', 'validation', 'what is chosen by those is then measured on itself'],
  ['test', 'train', 'what is learnt from those is then measured on itself'],
  ['validation', 'train', 'what stops training has then been learnt from'],
];

/** Parts with queries of another, by what their documents are. */
export const sharedQueries = (splits: DataSplits): SharedQueries[] =>
  apart.flatMap(([of, among, harm]) => {
    const common = commonQueries(splits[of], splits[among]).length;
    const all = splits[of].queryIds.length;
    return common === 0 ? [] : [{ common, all, words: `${common} of ${all} ${of} queries are ${among} queries too: ${harm}` }];
  });

/** Of real data, of every fold. */
export async function dataParts(data: RankingConfig['data']): Promise<DataParts> {
  const folds = data.folds === null ? [data] : data.folds.map((fold) => ofFold(data, fold));
  const sizes: string[] = [];
  const shared: SharedQueries[] = [];
  for (const one of folds) {
    const splits = await readData(one);
    sizes.push(sizeWords(splits));
    shared.push(...sharedQueries(splits));
  }
  return { sizes: sizes.join('. '), shared };
}

const sizeWords = (splits: DataSplits): string => {
  const part = (name: Part) => `${name} ${splits[name].queryIds.length} queries, ${splits[name].labels.length} documents`;
  return `${part('train')}; ${part('validation')}; ${part('test')}; ${splits.train.featureCount} features`;
};
