import { join } from 'node:path';
import { DataError } from '../../errors.ts';
import { findFile, isThere } from './find-file.ts';
import { InteractionBuilder, InteractionIds } from './interaction-builder.ts';
import type { InteractionData } from './interaction-log.ts';
import { namedCells } from './read-interactions.ts';

/**
 * Open Bandit Dataset: impressions with position 1 to 3, click, and the logging policy's probability of the item. A user is a combination of
 * the (hashed) user features, so pairs repeat. The log is Bernoulli Thompson sampling's, the uniform test part the random policy's.
 * User features are one-hot codes of the feature values. Saito et al., NeurIPS Datasets and Benchmarks 2021.
 */
export const openBandit = {
  description:
    'Open Bandit Dataset: a folder with bts-CAMPAIGN.csv and random-CAMPAIGN.csv, or bts/CAMPAIGN/CAMPAIGN.csv and so on; campaign men, women or all',
  takes: ['campaign'] as const,
  async read(folder: string, { campaign = 'men' }: { readonly campaign?: string } = {}): Promise<InteractionData> {
    const tables = { users: new InteractionIds(), items: new InteractionIds() };
    const log = await readPolicy(await policyFile(folder, 'bts', campaign), tables);
    const test = await readPolicy(await policyFile(folder, 'random', campaign), tables);
    const built = log.build();
    return { log: built, uniformTest: test.build(), userFeatures: oneHot(built.userIds), itemFeatures: null };
  },
};

async function policyFile(folder: string, policy: string, campaign: string): Promise<string> {
  const nested = await findFile(join(folder, policy, campaign), `${campaign}.csv`);
  return (await isThere(nested)) ? nested : findFile(folder, `${policy}-${campaign}.csv`);
}

async function readPolicy(file: string, tables: { users: InteractionIds; items: InteractionIds }): Promise<InteractionBuilder> {
  const builder = new InteractionBuilder({ file, repeated: true, ...tables });
  for await (const { line, text, number, header } of namedCells(file, ['timestamp', 'item_id', 'position', 'click'])) {
    const features = header.filter((name) => name.startsWith('user_feature'));
    if (features.length === 0) throw new DataError('no column "user_feature_0"; users are told apart by those', { file, line: 1 });
    const propensity = header.includes('propensity_score') ? 'propensity_score' : 'action_prob';
    if (!header.includes(propensity)) throw new DataError('no column "propensity_score" (or "action_prob")', { file, line: 1 });
    const milliseconds = Date.parse(text('timestamp').replace(' ', 'T'));
    builder.add(
      {
        user: features.map(text).join('|'),
        item: text('item_id'),
        click: number('click'),
        propensity: number(propensity),
        position: number('position') - 1,
        timestamp: milliseconds / 1000,
      },
      line,
    );
  }
  return builder;
}

/** One column per value of each feature that the ids are made of. */
function oneHot(userIds: readonly string[]) {
  const columns = new InteractionIds();
  const codes = userIds.map((id) => id.split('|').map((value, f) => columns.intern(`${f}=${value}`)));
  const width = columns.ids.length;
  const values = new Float32Array(userIds.length * width);
  codes.forEach((ones, user) => {
    for (const one of ones) values[user * width + one] = 1;
  });
  return { values, width };
}
