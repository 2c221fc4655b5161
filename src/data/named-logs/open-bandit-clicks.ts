import { basename, dirname } from 'node:path';
import { DataError } from '../../errors.ts';
import { clickOf } from '../click-value.ts';
import { shownText } from '../decimal.ts';
import { namedCells } from '../interactions/named-cells.ts';
import { leaveOut, type NamedLogFormat, type NamedLogReading, sessionUnit } from './named-log-format.ts';

/** Places of the page, from left to right. */
const places = 3;
const columns = { required: ['timestamp', 'item_id', 'position', 'click'] };
const policies = ['bts', 'random'] as const;

/**
 * Open Bandit Dataset (Saito et al., NeurIPS Datasets and Benchmarks 2021): a row is one of the three places of a page, and what the others showed is not told. Each row is
 * a session of three documents, in which `unknown-RANK` stands at the two other places, without a click. These are at one rank each, so what compares a document with itself at
 * other ranks does not see them; but click-through by rank is about a third of what it was. The query is the campaign, and the policy `bts` or `random`, by the name
 * of the file: `bts-men.csv`, or `bts/men/men.csv`. Propensities are not kept: the reader of interactions, `open-bandit`, has them.
 */
export const openBanditClicks: NamedLogFormat = {
  description:
    'Open Bandit Dataset: bts-CAMPAIGN.csv or random-CAMPAIGN.csv, or bts/CAMPAIGN/CAMPAIGN.csv and so on; a row is one of three places',
  contexts: [],
  read: (reading) => readRows(reading),
};

/** Whether the first line of a file is the header of the form. */
export const isOpenBanditHeader = (line: string): boolean =>
  columns.required.every((name) => line.split(',').includes(name)) && /\b(propensity_score|action_prob)\b/.test(line);

/** Campaign and policy that a path tells. @throws DataError where it tells none */
function namesOf(path: string): { readonly campaign: string; readonly policy: string } {
  const stem = basename(path).replace(/\.csv(\.gz)?$/, '');
  const [, before, campaign] = /^(bts|random)-(.+)$/.exec(stem) ?? [];
  if (campaign !== undefined) return { campaign, policy: before };
  const folders = dirname(path).split(/[/\\]/);
  const policy = policies.find((name) => folders.includes(name));
  if (policy !== undefined) return { campaign: stem, policy };
  throw new DataError('the name tells no policy; call it bts-CAMPAIGN.csv or random-CAMPAIGN.csv, or put it into a folder bts or random', {
    file: path,
  });
}

async function readRows(reading: NamedLogReading): Promise<void> {
  const { path, builder, names, ledger } = reading;
  const { campaign, policy: name } = namesOf(path);
  const policy = names.numberOf('policy', name, { file: path });
  const query = builder.codes.ofText(campaign);
  const unknown = Array.from({ length: places }, (_, k) => builder.codes.ofText(`unknown-${k + 1}`));
  const [documents, clicks] = [new Float64Array(places), new Uint8Array(places)];
  for await (const { line, text } of namedCells(path, columns, ledger)) {
    const [item, position, click] = ['item_id', 'position', 'click'].map(text);
    const wrong = wrongRow(item, position, click);
    if (wrong !== null) leaveOut(reading, sessionUnit, 'that break the form', () => new DataError(wrong, { file: path, line }));
    else {
      const place = Number(position) - 1;
      documents.set(unknown);
      documents[place] = builder.codes.ofText(item);
      clicks.fill(0)[place] = clickOf(click) ?? 0;
      builder.add(query, 0, documents, clicks, 0, places, 1, policy);
      ledger.keep(sessionUnit);
    }
  }
}

function wrongRow(item: string, position: string, click: string): string | null {
  if (item === '') return 'the item is empty';
  if (!/^[1-3]$/.test(position)) return `the position is none of 1, 2 and 3; got ${shownText(position)}`;
  return clickOf(click) !== null ? null : `the click is neither 0 nor 1; got ${shownText(click)}`;
}
