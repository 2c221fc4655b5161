import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { liveClaims, tryClaim, waitForClaim } from '../../../experiments/sweep/claim.ts';
import { isFresh } from '../../../experiments/sweep/heartbeat.ts';
import { isAlive, ownIdentity } from '../../../experiments/sweep/process-identity.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { builtProgram } from './built-program.ts';

const folder = temporaryFolder();
const never = async () => false;
const module = JSON.stringify(resolve(builtProgram(), 'experiments/sweep/claim.js'));
const script = (code: string) => ['--input-type=module', '-e', `const { tryClaim, waitForClaim } = await import(${module}); ${code}`];

test('one at a time, and again after the release', async () => {
  const place = folder.in('one');
  const first = await tryClaim(place);
  expect(first).not.toBeNull();
  expect(await tryClaim(place)).toBeNull();
  const waiting = waitForClaim(place, never);
  await first?.release();
  const second = await waiting;
  expect(await tryClaim(place)).toBeNull();
  await second?.release();
  expect(readdirSync(folder.path)).not.toContain('one');
});

test('waiting ends when there is nothing left to wait for', async () => {
  const claim = await tryClaim(folder.in('done'));
  expect(await waitForClaim(folder.in('done'), async () => true)).toBeNull();
  await claim?.release();
});

test('processes that all want it get it one after the other, also when one is killed while it holds it', async () => {
  const place = folder.in('many');
  const counter = folder.put('counter', '0');
  const killed = spawn(
    process.execPath,
    script(`await tryClaim(${JSON.stringify(place)}); console.log('held'); setInterval(() => {}, 1000);`),
  );
  await new Promise((held) => killed.stdout.once('data', held));
  const count = `
    const { readFileSync, writeFileSync } = await import('node:fs');
    for (let i = 0; i < 10; i++) {
      const claim = await waitForClaim(${JSON.stringify(place)}, async () => false);
      const value = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
      await new Promise((later) => setTimeout(later, 2));
      writeFileSync(${JSON.stringify(counter)}, String(value + 1)); // a second one in here would lose a step
      await claim.release();
    }
    process.exit(0);`;
  const others = Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, script(count)));
  setTimeout(() => killed.kill('SIGKILL'), 200);
  await Promise.all(others);
  expect(readFileSync(counter, 'utf8')).toBe('40');
});

test('a number used again, or another machine, is not taken for the process', () => {
  const own = ownIdentity();
  expect(isAlive(own)).toBe(true);
  expect(isAlive({ ...own, pid: 2 ** 30 })).toBe(false);
  expect(isAlive({ ...own, place: 'elsewhere' })).toBeNull();
  if (own.started !== null) expect(isAlive({ ...own, started: `${own.started}0` })).toBe(false);
});

test('a claim of another machine lives as long as it is renewed, whatever its clock says', () => {
  const minute = 60_000;
  expect(isFresh('a', 5 * minute, 0)).toBe(true); //          their clock is ahead
  expect(isFresh('a', 5 * minute, 0.9 * minute)).toBe(true);
  expect(isFresh('a', 5.1 * minute, 1.1 * minute)).toBe(true); // renewed
  expect(isFresh('a', 5.1 * minute, 2 * minute)).toBe(true);
  expect(isFresh('a', 5.1 * minute, 2.2 * minute)).toBe(false); // silent for more than a minute
  expect(isFresh('b', 0, 20 * minute)).toBe(false); //        so old that it need not be watched
});

test('a claim of another machine is respected, one it left behind long ago is removed', async () => {
  const [recent, old] = [folder.in('recent'), folder.in('old')];
  for (const place of [recent, old]) {
    mkdirSync(place);
    writeFileSync(join(place, 'x.claim'), JSON.stringify({ ...ownIdentity(), place: 'elsewhere' }));
  }
  utimesSync(join(old, 'x.claim'), 1000, 1000);
  expect([await tryClaim(recent), await liveClaims(recent)]).toEqual([null, ['x.claim']]);
  const claim = await tryClaim(old);
  expect(claim).not.toBeNull();
  await claim?.release();
});
