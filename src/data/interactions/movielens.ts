import type { Read } from '../accounting.ts';
import { findFile } from './find-file.ts';
import { InteractionBuilder } from './interaction-builder.ts';
import type { InteractionData } from './interaction-log.ts';
import { namedCells } from './named-cells.ts';
import { readRatingLines } from './read-rating-lines.ts';

/** Stars: whole ones, or halves as well. */
const [stars, halfStars] = [
  [1, 5],
  [0.5, 5],
] as const;

type Add = (file: string, builder: InteractionBuilder) => Promise<void>;

const reader =
  (name: string, ratingScale: readonly [number, number], add: Add) =>
  async (folder: string): Promise<Read<InteractionData>> => {
    const file = await findFile(folder, name);
    const builder = new InteractionBuilder({ file, ratingScale });
    await add(file, builder);
    return { log: builder.build(), uniformTest: null, userFeatures: null, itemFeatures: null, accounting: builder.accounting() };
  };

const lines =
  (separator: string): Add =>
  (file, builder) =>
    readRatingLines(file, separator, 4, builder);

const columns = { required: ['userId', 'movieId', 'rating', 'timestamp'] };

const table: Add = async (file, builder) => {
  for await (const { line, text, number } of namedCells(file, columns, builder.ledgerOf(file)))
    builder.add({ user: text('userId'), item: text('movieId'), rating: number('rating'), timestamp: number('timestamp') }, line);
};

/** `u.data`: user, item, rating 1 to 5, timestamp, tabs between. Harper & Konstan, TiiS 2015. */
export const movielens100k = { description: 'MovieLens 100K: a folder with u.data', read: reader('u.data', stars, lines('\t')) };
/** `ratings.dat`: user::item::rating::timestamp. */
export const movielens1m = { description: 'MovieLens 1M: a folder with ratings.dat', read: reader('ratings.dat', stars, lines('::')) };
/** As of 1M, with ratings from 0.5 to 5 in halves. */
export const movielens10m = {
  description: 'MovieLens 10M: a folder with ratings.dat, ratings from 0.5 to 5',
  read: reader('ratings.dat', halfStars, lines('::')),
};
/** `ratings.csv`: columns userId, movieId, rating from 0.5 to 5 in halves, timestamp. */
export const movielensTable = (size: string) => ({
  description: `MovieLens ${size}: a folder with ratings.csv, ratings from 0.5 to 5`,
  read: reader('ratings.csv', halfStars, table),
});
