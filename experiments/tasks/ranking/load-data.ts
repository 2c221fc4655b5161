import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Accounting, Read } from '../../../src/data/accounting.ts';
import type { NamedDocumentColumns } from '../../../src/data/documents/document-columns.ts';
import { ultraFiles, ultraFolderOf, ultraParts } from '../../../src/data/documents/read-ultra-documents.ts';
import type { DataSplits } from '../../../src/data/query-set.ts';
import { readSplits } from '../../../src/data/read-splits.ts';
import { fitScaling, type Scaling, scaleFeatures } from '../../../src/data/scale-features.ts';
import { syntheticQueries } from '../../../src/data/synthetic-queries.ts';
import { UsageError } from '../../../src/errors.ts';
import { type GainRule, highestOfTable } from '../../../src/label-gains.ts';
import { createRng } from '../../../src/random/rng.ts';
import type { RankingConfig } from './ranking-config.ts';

/** What may follow the name of a part: the file itself or packed, and what LightGBM and XGBoost keep beside it. */
const dataEndings = ['', '.gz', '.query', '.group', '.weight', '.position'] as const;

/** The files of the three parts that are there, or the one file that the path is; none of synthetic data. */
export async function dataFiles(data: RankingConfig['data']): Promise<string[]> {
  const { path, folds, train, validation, test } = data;
  if (path === null) return [];
  if ((await stat(path).catch(() => null))?.isFile()) return [path];
  if (folds !== null) return (await Promise.all(folds.map((fold) => dataFiles(ofFold(data, fold))))).flat();
  const files = [train, validation, test].flatMap((name) => dataEndings.map((ending) => join(path, name + ending)));
  const ultra = await ultraFolderOf(path);
  const ofUltra = ultra === null ? [] : Object.values(ultraParts).flatMap((part) => ultraFiles(ultra, part));
  const all = [...new Set([...files, ...ofUltra])];
  const found = await Promise.all(all.map((file) => stat(file).catch(() => null)));
  return all.filter((_, f) => found[f]?.isFile());
}

/** Columns of tables that a config names. */
export const namedColumns = ({ columns }: Pick<RankingConfig['data'], 'columns'>): NamedDocumentColumns =>
  Object.fromEntries(Object.entries(columns).filter(([, name]) => name !== null));

/** The data of one fold. */
export const ofFold = (data: RankingConfig['data'], fold: string): RankingConfig['data'] => ({
  ...data,
  path: join(data.path ?? '', fold),
  folds: null,
});

/** The three parts of the configured data, real or synthetic, as they come; features that files lack are NaN. */
export async function readData({
  path,
  folds,
  synthetic,
  train,
  validation,
  test,
  gains,
  firstIndex,
  queries,
  columns,
}: RankingConfig['data']): Promise<Read<DataSplits>> {
  if (folds !== null) throw new UsageError('data.folds are for run and sweep; name one of them: data.path=FOLDER/FOLD data.folds=null');
  if (path !== null)
    return readSplits(
      path,
      { train, validation, test },
      { gains, firstIndex, queries, columns: namedColumns({ columns }), missing: 'keep' },
    );
  const { seed, ...options } = synthetic;
  return { ...syntheticQueries(options, createRng(`data/${seed}`)), accounting: [] };
}

export interface ScaledData {
  readonly splits: DataSplits;
  readonly scaling: Scaling;
  readonly accounting: readonly Accounting[]; // of the files that were read
}

/** The configured data with features scaled, and missing ones kept or filled, as fitted on the training part. */
export async function loadData(data: RankingConfig['data']): Promise<ScaledData> {
  return scaleSplits(await readData(data), data);
}

type Partly<T extends Read<object>> = Omit<T, 'accounting'> & Partial<Pick<T, 'accounting'>>;

/** Features of all parts scaled, and missing ones kept or filled, as fitted on the training part. */
export function scaleSplits(
  { train, validation, test, accounting = [] }: Partly<Read<DataSplits>>,
  { scale, missing }: Pick<RankingConfig['data'], 'scale' | 'missing'>,
): ScaledData {
  const scaling = fitScaling(train, scale, missing);
  const scaled = {
    train: scaleFeatures(train, scaling),
    validation: scaleFeatures(validation, scaling),
    test: scaleFeatures(test, scaling),
  };
  return { splits: scaled, scaling, accounting };
}

/** Y: the highest label of a table of gains, else of any part, at least 1. */
export function highestGrade({ train, validation, test }: DataSplits, gains: GainRule): number {
  const ofTable = highestOfTable(gains);
  if (ofTable !== null) return ofTable;
  return [train, validation, test].reduce((highest, { labels }) => labels.reduce((a, b) => Math.max(a, b), highest), 1);
}
