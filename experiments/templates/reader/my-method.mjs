// @ts-check
import { join } from 'node:path';
import { InteractionBuilder, InteractionIds, textLines } from 'counterrank';

/**
 * Lines of user, item and rating with tabs between, in `log.tsv`; the same of pairs shown uniformly at random, to test on, in `uniform.tsv`.
 * @type {(folder: string) => Promise<import('counterrank').InteractionData>}
 */
async function read(folder) {
  const ids = { users: new InteractionIds(), items: new InteractionIds() }; // both files share the indexes of users and items
  const log = await readPart(join(folder, 'log.tsv'), ids);
  const uniform = await readPart(join(folder, 'uniform.tsv'), ids);
  const accounting = [...log.accounting(), ...uniform.accounting()]; // read = kept + left out; runs print it and keep it in status.json
  return { log: log.build(), uniformTest: uniform.build(), userFeatures: null, itemFeatures: null, accounting };
}

/**
 * The builder checks every row, and names file and line of one that breaks a rule. It counts rows, and those that are left out if it is told.
 * @type {(file: string, ids: { users: InteractionIds, items: InteractionIds }) => Promise<InteractionBuilder>}
 */
async function readPart(file, ids) {
  const builder = new InteractionBuilder({ file, ratingScale: [1, 5], ...ids });
  for await (const { text, line } of textLines(file)) {
    if (text.startsWith('#')) {
      builder.leaveOut('comments');
      continue;
    }
    const [user = '', item = '', rating = ''] = text.split('\t');
    builder.add({ user, item, rating: rating === '' ? Number.NaN : Number(rating) }, line);
  }
  return builder;
}

export const readers = {
  'my-method': { description: 'tab-separated user, item and rating: a folder with log.tsv and a uniformly random uniform.tsv', read },
};
