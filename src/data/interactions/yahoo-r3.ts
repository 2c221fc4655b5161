import type { Read } from '../accounting.ts';
import { findFile } from './find-file.ts';
import { InteractionBuilder, InteractionIds } from './interaction-builder.ts';
import type { InteractionData } from './interaction-log.ts';
import { readRatingLines } from './read-rating-lines.ts';

const prefix = 'ydata-ymusic-rating-study-v1_0';

/** Ratings that users chose to give, and ratings of songs drawn uniformly at random as the test part. Marlin & Zemel, RecSys 2009. */
export const yahooR3 = {
  description: `Yahoo! R3: a folder with ${prefix}-train.txt and -test.txt`,
  async read(folder: string): Promise<Read<InteractionData>> {
    const tables = { users: new InteractionIds(), items: new InteractionIds() };
    const builders = [];
    for (const part of ['train', 'test']) {
      const file = await findFile(folder, `${prefix}-${part}.txt`);
      const builder = new InteractionBuilder({ file, ratingScale: [1, 5], ...tables });
      await readRatingLines(file, '\t', 3, builder);
      builders.push(builder);
    }
    const [log, uniformTest] = builders.map((builder) => builder.build());
    return { log, uniformTest, userFeatures: null, itemFeatures: null, accounting: builders.flatMap((builder) => builder.accounting()) };
  },
};
