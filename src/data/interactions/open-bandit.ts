import { join } from 'node:path';
import { DataError } from '../../errors.ts';
import type { Read } from '../accounting.ts';
import { shownText } from '../decimal.ts';
import { noRoom } from '../feature-room.ts';
import { findFile } from './find-file.ts';
import { InteractionBuilder, InteractionIds } from './interaction-builder.ts';
import type { InteractionData } from './interaction-log.ts';
import { namedCells } from './named-cells.ts';

/**
 * Open Bandit Dataset: impressions with position 1 to 3, click, and the logging policy's probability of the item. A user is a combination of
 * the (hashed) user features, and its id is their list as JSON; so pairs repeat.
 * The log is Bernoulli Thompson sampling's, the uniform test part the random policy's.
 * User features are one-hot codes of the feature values. Saito et al., NeurIPS Datasets and Benchmarks 2021.
 */
export const openBandit = {
  description:
    'Open Bandit Dataset: a folder with bts-CAMPAIGN.csv and random-CAMPAIGN.csv, or bts/CAMPAIGN/CAMPAIGN.csv and so on; campaign men, women or all',
  takes: ['campaign'] as const,
  async read(folder: string, { campaign = 'men' }: { readonly campaign?: string } = {}): Promise<Read<InteractionData>> {
    const tables: Tables = { users: new InteractionIds(), items: new InteractionIds(), features: null };
    const fileOf = (policy: string) => findFile(folder, `${policy}-${campaign}.csv`, join(policy, campaign, `${campaign}.csv`));
    const log = await readPolicy(await fileOf('bts'), tables);
    const test = await readPolicy(await fileOf('random'), tables);
    const built = log.build();
    const accounting = [...log.accounting(), ...test.accounting()];
    return { log: built, uniformTest: test.build(), userFeatures: oneHot(built.userIds, folder), itemFeatures: null, accounting };
  },
};

const isFeature = (name: string) => name.startsWith('user_feature');
const columns = {
  required: ['timestamp', 'item_id', 'position', 'click'],
  optional: ['propensity_score', 'action_prob'],
  others: isFeature,
};
/** As the data set has it: 2019-11-24 00:00:03.800821+00:00; without a zone it is UTC too. */
const timePattern = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/;

/** Seconds since 1970; NaN for a text that is no time. */
function secondsOf(text: string): number {
  const [, date, time, zone = 'Z'] = timePattern.exec(text) ?? [];
  return Date.parse(`${date}T${time}${zone}`) / 1000;
}

/** What the files of both policies share. */
interface Tables {
  readonly users: InteractionIds;
  readonly items: InteractionIds;
  features: readonly string[] | null; // names of the columns that tell users apart
}

async function readPolicy(file: string, tables: Tables): Promise<InteractionBuilder> {
  const { users, items } = tables;
  const builder = new InteractionBuilder({ file, repeated: true, users, items });
  let known: OfHeader | null = null;
  for await (const { line, text, number, header } of namedCells(file, columns, builder.ledgerOf(file))) {
    known ??= ofHeader(header, file, tables);
    const timestamp = secondsOf(text('timestamp'));
    if (Number.isNaN(timestamp))
      throw new DataError(`"timestamp" must be a time such as 2019-11-24 00:00:03.8+00:00; got ${shownText(text('timestamp'))}`, {
        file,
        line,
      });
    builder.add(
      {
        user: JSON.stringify(known.features.map(text)), // in which values that differ stay apart
        item: text('item_id'),
        click: number('click', '0 or 1'),
        propensity: number(known.propensity),
        position: number('position', 'whole or .0') - 1,
        timestamp,
      },
      line,
    );
  }
  return builder;
}

interface OfHeader {
  /** In the order of their names: both files make one id of one user. */
  readonly features: readonly string[];
  readonly propensity: string;
}

/** @throws DataError where users cannot be told apart by features, or not by all of them, and without a propensity */
function ofHeader(header: readonly string[], file: string, tables: Tables): OfHeader {
  const place = { file, line: 1 };
  const features = header.filter(isFeature).sort();
  if (features.length === 0) throw new DataError('no column "user_feature_0"; users are told apart by those', place);
  const near = header.find((name) => !features.includes(name) && /^\s*user[\s_-]*feature/i.test(name));
  if (near !== undefined)
    throw new DataError(`unknown column "${near}"; users are told apart by user_feature_0, user_feature_1 …: rename it`, place);
  const propensity = ['propensity_score', 'action_prob'].find((name) => header.includes(name));
  if (propensity === undefined) throw new DataError('no column "propensity_score" (or "action_prob")', place);
  tables.features ??= features;
  const others = tables.features.join(', ');
  if (features.join(', ') !== others)
    throw new DataError(`users are told apart by ${features.join(', ')}, but in the other file by ${others}; give both the same`, place);
  return { features, propensity };
}

/** One column per value of each feature that the ids are made of. @throws DataError where these are too many: a feature that is nearly an id */
function oneHot(userIds: readonly string[], folder: string) {
  const columns = new InteractionIds();
  const codes = userIds.map((id) => (JSON.parse(id) as string[]).map((value, f) => columns.intern(`${f}=${value}`)));
  const width = columns.ids.length;
  const fault = noRoom(userIds.length, width, 'users');
  if (fault !== null)
    throw new DataError(`${fault}; leave out user features of which nearly every user has another value`, { file: folder });
  const values = new Float32Array(userIds.length * width);
  codes.forEach((ones, user) => {
    for (const one of ones) values[user * width + one] = 1;
  });
  return { values, width };
}
