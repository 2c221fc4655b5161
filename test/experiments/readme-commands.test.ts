import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counterrank } from './commands/counterrank.ts';
import { commandsOf } from './documentation/documents.ts';

/** What the README does with a log, one command after the other. */
const steps = ['simulate', 'diagnose', 'estimate-bias', 'train', 'evaluate'];
const typed = commandsOf('README.md').filter(({ words }) => steps.includes(words[1]));

/** The same at a small size. */
const smaller: Readonly<Record<string, readonly string[]>> = {
  simulate: ['simulation.sessions=1e4', 'data.synthetic={trainQueries: 30, features: 6}'],
  train: ['training.steps=10'],
};

const start = process.cwd();
beforeAll(() => process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-'))));
afterAll(() => process.chdir(start));

test('the README leads from a log to rankers that are measured', async () => {
  expect(typed.map(({ words }) => words[1])).toEqual(steps);
  const told = [];
  for (const { words } of typed) {
    const { code, out, err } = await counterrank(...words.slice(1), ...(smaller[words[1]] ?? []));
    expect({ words, code, err: code === 0 ? '' : err }).toEqual({ words, code: 0, err: '' });
    told.push(out);
  }
  const [, diagnosis, bias, , measured] = told;
  expect(diagnosis).toMatch(/^Rank graph$/m);
  expect(bias).toMatch(/^rank +truth .* all-pairs /m);
  expect(measured).toMatch(/^dual-learning +0\.\d{4} /m);
});
