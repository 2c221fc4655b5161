import { DataError } from '../../errors.ts';
import { someOfBoth } from '../shared-ids.ts';
import { type InteractionData, type InteractionLog, itemRows } from './interaction-log.ts';

/**
 * Sees to it that something can be learnt from the log for the parts that are tested on.
 * @param file where the data are
 * @throws DataError where no user, or no item, of such a part has a row in the log: then nothing was learnt of any of them
 */
export function checkSharedIds({ log, uniformTest, uniformSample }: InteractionData, file: string): void {
  const parts = { 'the uniformly random test part': uniformTest, 'the uniformly random sample': uniformSample ?? null };
  for (const [name, part] of Object.entries(parts)) {
    if (part === null || part.items.length === 0) continue;
    checkSome('user', [log.userIds, rowsOfUsers(log)], [part.userIds, rowsOfUsers(part)], name, file);
    checkSome('item', [log.itemIds, itemRows(log)], [part.itemIds, itemRows(part)], name, file);
  }
}

/** Ids, and how many rows each has. */
type Counted = readonly [ids: readonly string[], rows: ArrayLike<number>];

function checkSome(what: string, log: Counted, part: Counted, name: string, file: string): void {
  const [ids, rows] = part;
  for (let i = 0; i < ids.length; i++) if (rows[i] > 0 && log[1][i] > 0) return;
  throw new DataError(`no ${what} of ${name} has a row in the log: ${someOfBoth('that part has', met(part), 'the log', met(log))}`, {
    file,
  });
}

function* met([ids, rows]: Counted): Generator<string> {
  for (let i = 0; i < ids.length; i++) if (rows[i] > 0) yield ids[i];
}

const rowsOfUsers = ({ offsets }: InteractionLog): Uint32Array => Uint32Array.from(offsets.subarray(1), (end, u) => end - offsets[u]);
