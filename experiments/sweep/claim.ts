import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../src/data/make-folder.ts';
import { isSystemError } from '../../src/data/system-error.ts';
import { unfinished } from '../../src/data/unfinished.ts';
import { folderTime, isFresh, keepFresh } from './heartbeat.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** The right to do something that must not be done twice at a time. */
export interface Claim {
  /** Whether it still is: a process that was stopped for minutes may find that others took it for dead. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

const ending = '.claim';

/**
 * Takes the claim kept in a folder, or answers null when another process holds it. A claim ends with its process, however that ends:
 * on this machine a dead process is seen at once, elsewhere by its silence.
 *
 * Everybody who wants it writes a file of their own into the folder and then looks for others. Of two, the one whose file came second
 * sees the first, so both never take it; files of the dead are removed, which is safe because no name is ever used again.
 * @param within a folder above that must be there
 */
export async function tryClaim(folder: string, within?: string): Promise<Claim | null> {
  if ((await liveClaims(folder)).length > 0) return null;
  const name = `${randomBytes(8).toString('hex')}${ending}`;
  const file = join(folder, name);
  await writeClaim(folder, file, within);
  const others = (await liveClaims(folder)).filter((other) => other !== name);
  if (others.length > 0) {
    await rm(file, { force: true });
    return null;
  }
  const rest = keepFresh(file);
  return {
    held: async () => (await stat(file).catch(() => null)) !== null,
    async release() {
      rest();
      await rm(file, { force: true });
      await rmdir(folder).catch(() => undefined); // somebody else is there already, which is fine
    },
  };
}

/** {@link tryClaim} until it succeeds, or `until` has come true meanwhile: then null. */
export async function waitForClaim(folder: string, until: () => Promise<boolean>, within?: string): Promise<Claim | null> {
  for (let wait = 5; ; wait = Math.min(500, wait * 1.5)) {
    if (await until()) return null;
    const claim = await tryClaim(folder, within);
    if (claim !== null) return claim;
    await sleep(wait + (randomBytes(1)[0] / 255) * wait); // of two that got in each other's way one comes first
  }
}

/** Written beside, then renamed: a claim that can be seen says whose it is. At once: no signal comes between, no thread writes on after it. */
async function writeClaim(folder: string, file: string, within?: string): Promise<void> {
  for (;;) {
    await makeFolder(folder, within);
    const done = unfinished(`${file}.new`);
    try {
      writeFileSync(`${file}.new`, JSON.stringify(ownIdentity()), { flag: 'wx' });
      renameSync(`${file}.new`, file);
      return;
    } catch (error) {
      rmSync(`${file}.new`, { force: true });
      if (!isSystemError(error) || error.code !== 'ENOENT') throw error; // removed by one who released: once more
    } finally {
      done();
    }
  }
}

/** Names of the claims in the folder whose process lives, those of dead processes removed. */
export async function liveClaims(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const live = [];
  for (const name of names.filter((candidate) => candidate.endsWith(ending))) {
    const alive = await isHeld(join(folder, name));
    if (alive) live.push(name);
    else if (alive === false) await rm(join(folder, name), { force: true });
  }
  return live;
}

/** null when it is gone. */
async function isHeld(file: string): Promise<boolean | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const owner = ownerIn(text);
  const alive = owner === null ? null : isAlive(owner);
  if (alive !== null) return alive;
  const beat = await stat(file).catch(() => null);
  if (beat === null) return null;
  const age = (await folderTime(dirname(file))) - beat.mtimeMs;
  return isFresh(file, `${beat.size} ${beat.mtimeMs}`, age, performance.now());
}

/** null where a crash of the machine left half a claim. */
function ownerIn(text: string): ProcessIdentity | null {
  try {
    return JSON.parse(text) as ProcessIdentity;
  } catch {
    return null;
  }
}
