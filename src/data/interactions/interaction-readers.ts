import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Described } from '../../registry.ts';
import { coat } from './coat.ts';
import { InteractionIds } from './interaction-builder.ts';
import type { InteractionData } from './interaction-log.ts';
import { kuairand, kuairec } from './kuai.ts';
import { movielens1m, movielens100k } from './movielens.ts';
import { openBandit } from './open-bandit.ts';
import { collectInteractions } from './read-interactions.ts';
import { yahooR3 } from './yahoo-r3.ts';

export interface InteractionReader extends Described {
  /** @param path a folder, or for csv and parquet perhaps a file */
  readonly read: (path: string) => Promise<InteractionData>;
}

/** A file of interactions, or a folder with log and a uniformly random part. */
const table = (ending: 'csv' | 'parquet'): InteractionReader => ({
  description: `${ending === 'csv' ? 'CSV' : 'Parquet'} with the columns user,item and as it has them click,rating,conversion,propensity,timestamp,rank: a file, or a folder with log.${ending} and a uniformly random uniform.${ending}`,
  async read(path) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true;
    const tables = { users: new InteractionIds(), items: new InteractionIds() };
    const log = await collectInteractions(isFolder ? join(path, `log.${ending}`) : path, tables);
    const uniform = isFolder ? await collectInteractions(join(path, `uniform.${ending}`), tables) : null;
    return { log: log.build(), uniformTest: uniform?.build() ?? null, userFeatures: null, itemFeatures: null };
  },
});

/** Every form that interactions are read from, by name. A new one is one file and one line here. */
export const interactionReaders = {
  'movielens-100k': movielens100k,
  'movielens-1m': movielens1m,
  coat,
  'yahoo-r3': yahooR3,
  kuairec,
  kuairand,
  'open-bandit': openBandit,
  csv: table('csv'),
  parquet: table('parquet'),
} satisfies Readonly<Record<string, InteractionReader>>;
