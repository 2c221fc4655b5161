import type { Read } from '../accounting.ts';
import { findFile } from './find-file.ts';
import { InteractionBuilder } from './interaction-builder.ts';
import type { InteractionData } from './interaction-log.ts';
import { readRatingLines } from './read-rating-lines.ts';

const read =
  (name: string, separator: string) =>
  async (folder: string): Promise<Read<InteractionData>> => {
    const file = await findFile(folder, name);
    const builder = new InteractionBuilder({ file, ratingScale: [1, 5] });
    await readRatingLines(file, separator, 4, builder);
    return { log: builder.build(), uniformTest: null, userFeatures: null, itemFeatures: null, accounting: builder.accounting() };
  };

/** `u.data`: user, item, rating 1 to 5, timestamp, tabs between. Harper & Konstan, TiiS 2015. */
export const movielens100k = { description: 'MovieLens 100K: a folder with u.data', read: read('u.data', '\t') };
/** `ratings.dat`: user::item::rating::timestamp. */
export const movielens1m = { description: 'MovieLens 1M: a folder with ratings.dat', read: read('ratings.dat', '::') };
