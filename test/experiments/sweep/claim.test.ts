import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { liveClaims, tryClaim, waitForClaim } from '../../../experiments/sweep/claim.ts';
import { folderTime, isFresh } from '../../../experiments/sweep/heartbeat.ts';
import { isAlive, ownIdentity } from '../../../experiments/sweep/process-identity.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { builtModules } from './built-program.ts';

const folder = temporaryFolder();
const never = async () => false;
const module = JSON.stringify(resolve(builtModules(), 'experiments/sweep/claim.js'));
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
  expect(isAlive({ ...own, started: null })).toBeNull(); // where the system does not say, another one may have the number
  expect(isAlive({ ...own, started: null, pid: 2 ** 30 })).toBe(false);
});

describe('a claim of another machine', () => {
  const [second, minute] = [1000, 60_000];
  /** Looks at a file every few seconds; how long it took until it counted as left behind. */
  const watch = (file: string, beatAt: (time: number) => string, step: number, end: number) => {
    for (let time = 0; time <= end; time += step) if (!isFresh(file, beatAt(time), 0, time)) return time;
    return null;
  };

  test('lives as long as it is renewed', () => {
    expect(watch('renewed', (time) => String(Math.floor(time / (5 * second))), second, 10 * minute)).toBeNull();
    expect(watch('ends', (time) => String(Math.min(120, Math.floor(time / second))), second, 10 * minute)).toBe(3 * minute); // a minute after 120 s
  });

  test('that is looked at seldom, as from a machine that sleeps, is not taken for dead at the first look after it', () => {
    expect([0, 1, 2, 3].map((hours) => isFresh('asleep', 'same', 0, 60 * minute * hours))).toEqual([true, true, true, true]);
    expect(watch('seldom', () => 'same', 10 * minute, 1000 * minute)).toBe(12 * 10 * minute); // twelve looks, of five seconds each
  });

  test('is left behind when it was old at first sight, but not when a clock goes wrong later', () => {
    expect(isFresh('old', 'same', 6 * minute, 0)).toBe(false);
    expect(isFresh('young', 'same', 4 * minute, 0)).toBe(true);
    expect(isFresh('young', 'same', 6 * minute, second)).toBe(true);
    expect(isFresh('ahead', 'same', -60 * minute, 0)).toBe(true);
  });
});

test("a claim's file grows while it is held, also where the program is busy, and is not made again once it is gone", async () => {
  const file = folder.put('beats.claim', '{}');
  const code = `
    const { keepFresh } = await import(${JSON.stringify(resolve(builtModules(), 'experiments/sweep/heartbeat.js'))});
    keepFresh(${JSON.stringify(file)}, 0.05);
    await new Promise((later) => setTimeout(later, 300));
    console.log('beating');
    for (const end = Date.now() + 60000; Date.now() < end; );`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code]);
  await new Promise((beating) => owner.stdout.once('data', beating));
  const size = statSync(file).size;
  while (statSync(file).size === size) await new Promise((later) => setTimeout(later, 20));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({});
  rmSync(file);
  await new Promise((later) => setTimeout(later, 300));
  expect(existsSync(file)).toBe(false);
  owner.kill('SIGKILL');
});

test('who was taken for dead finds out', async () => {
  const place = folder.in('lost');
  const claim = await tryClaim(place);
  expect(await claim?.held()).toBe(true);
  rmSync(place, { recursive: true });
  expect(await claim?.held()).toBe(false);
});

test('half a claim, as a machine that lost its power leaves, is watched like one of another machine', async () => {
  const place = folder.in('half');
  mkdirSync(place);
  writeFileSync(join(place, 'x.claim'), '{"pla');
  expect(await tryClaim(place)).toBeNull();
  rmSync(join(place, 'x.claim'));
  writeFileSync(join(place, 'y.claim'), '');
  utimesSync(join(place, 'y.claim'), 1000, 1000);
  expect(await liveClaims(place)).toEqual([]);
});

test('the time of a folder is that of its files', async () => {
  const before = Date.now() - 2000;
  expect(await folderTime(folder.path)).toBeGreaterThan(before);
  expect(await folderTime(folder.path)).toBeLessThan(Date.now() + 2000);
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.clock'))).toEqual([]);
  expect(Math.abs((await folderTime(folder.in('none'))) - Date.now())).toBeLessThan(1000);
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
