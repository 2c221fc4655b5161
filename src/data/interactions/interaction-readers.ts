import { stat } from 'node:fs/promises';
import type { Described } from '../../registry.ts';
import type { Read } from '../accounting.ts';
import { reading } from '../reading.ts';
import { coat } from './coat.ts';
import { findFile, isThere } from './find-file.ts';
import { InteractionIds } from './interaction-builder.ts';
import type { InteractionData } from './interaction-log.ts';
import { kuairand, kuairec } from './kuai.ts';
import { movielens1m, movielens10m, movielens100k, movielensTable } from './movielens.ts';
import { openBandit } from './open-bandit.ts';
import { collectInteractions, type TableNames } from './read-interactions.ts';
import { yahooR3 } from './yahoo-r3.ts';

/** A form of user–item data, by name: the entry of a reader. */
export interface InteractionReader extends Described {
  /** @param path a folder, or for csv and parquet perhaps a file */
  readonly read: (path: string, options?: ReaderOptions) => Promise<InteractionData>;
  /** The options that it reads by; it has no use for the others. */
  readonly takes?: readonly (keyof ReaderOptions)[];
}

export interface ReaderOptions extends TableNames {
  // columns and separator: of csv, and columns of parquet
  readonly ratingScale?: readonly [number, number]; // lowest and highest rating: of csv and parquet; the others know theirs
  readonly campaign?: string; //                       of open-bandit
}

/** Of files that say nothing of it: stars. */
const usualScale = [1, 5] as const;

/** A file of interactions, or a folder with log and a uniformly random part. */
const table = (ending: 'csv' | 'parquet'): AccountingReader => ({
  description: `${ending === 'csv' ? 'CSV' : 'Parquet'} with the columns user,item and as it has them click,rating,conversion,propensity,timestamp,rank: a file, or a folder with log.${ending}, a uniformly random uniform.${ending} and perhaps uniform-sample.${ending}, as simulate writes it`,
  takes: ending === 'csv' ? ['ratingScale', 'columns', 'separator'] : ['ratingScale', 'columns'],
  async read(path, { ratingScale = usualScale, ...names } = {}) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true;
    const scaleHint = '; the world recorded takes another as ratingScale';
    const options = { users: new InteractionIds(), items: new InteractionIds(), ratingScale, scaleHint, ...names };
    const collect = async (name: string) => collectInteractions(await findFile(path, `${name}.${ending}`), options);
    const log = isFolder ? await collect('log') : await collectInteractions(path, options);
    const uniform = isFolder ? await collect('uniform') : null;
    const sample = isFolder && (await isThere(await findFile(path, `uniform-sample.${ending}`))) ? await collect('uniform-sample') : null;
    return {
      log: log.build(),
      uniformTest: uniform?.build() ?? null,
      uniformSample: sample?.build() ?? null,
      userFeatures: null,
      itemFeatures: null,
      accounting: [log, uniform, sample].flatMap((builder) => builder?.accounting() ?? []),
    };
  },
});

/** One that accounts for all rows, as every reader of ours does. */
type AccountingReader = InteractionReader & { readonly read: (path: string, options?: ReaderOptions) => Promise<Read<InteractionData>> };

/** A reader that throws nothing but our own errors. */
const guarded = <R extends AccountingReader>(reader: R): R => ({
  ...reader,
  read: (path, options) => reading(path, () => reader.read(path, options)),
});

/** Every form that interactions are read from, by name. A new one is one file and one line here. */
export const interactionReaders = {
  'movielens-100k': guarded(movielens100k),
  'movielens-1m': guarded(movielens1m),
  'movielens-10m': guarded(movielens10m),
  'movielens-20m': guarded(movielensTable('20M')),
  'movielens-25m': guarded(movielensTable('25M')),
  'movielens-32m': guarded(movielensTable('32M')),
  'movielens-latest': guarded(movielensTable('latest, and latest small')),
  coat: guarded(coat),
  'yahoo-r3': guarded(yahooR3),
  kuairec: guarded(kuairec),
  kuairand: guarded(kuairand),
  'open-bandit': guarded(openBandit),
  csv: guarded(table('csv')),
  parquet: guarded(table('parquet')),
} satisfies Readonly<Record<string, AccountingReader>>;
