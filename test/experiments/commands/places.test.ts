import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { createProgram } from '../../../experiments/commands/program.ts';
import { counterrank } from './counterrank.ts';

const config = (name: string) => resolve(`experiments/configs/${name}.yaml`);
const start = process.cwd();
beforeEach(() => {
  process.chdir(mkdtempSync(join(tmpdir(), 'counterrank-')));
  writeFileSync('taken', 'mine');
});
afterAll(() => process.chdir(start));

/** Command lines whose work fails, or tells of itself, as soon as it begins: all that they read is missing. */
const run = ['run', config('quickstart'), 'data.path=none'];
const sweep = ['sweep', config('quickstart'), 'seed=1..2', 'data.path=none'];
const simulate = ['simulate', config('quickstart'), 'data.path=none'];
const train = ['train', config('quickstart'), 'data.path=none', 'estimators=[naive]', '--log', 'none'];
const curves = ['bias-variance', config('mnar-semi-synthetic'), 'world={name: semi-synthetic, path: none}'];

/** By option: what makes a new file or folder there. */
const fresh: Readonly<Record<string, readonly string[]>> = {
  'run --out': run,
  'report --out': ['report', 'none'],
  'export --csv': ['export', 'none'],
  'export --parquet': ['export', 'none'],
  'export --plain-weights': ['export', 'none'],
  'export --onnx': ['export', 'none'],
  'export --lightgbm': ['export', 'none', '--features', 'none'],
  'simulate --out': simulate,
  'simulate-sessions --out': ['simulate-sessions', config('search-sessions')],
  'train --out': train,
  'evaluate --out': ['evaluate', '--qrels', 'none', 'AP', '--run', 'taken'],
  'evaluate --write-runs': ['evaluate', 'none', '--data', 'none'],
  'evaluate-sessions --out': ['evaluate-sessions', 'none'],
  'meta-evaluate --out': ['meta-evaluate', 'none'],
  'bias-variance --out': curves,
  'playground --out': ['playground'],
  'benchmark --out': ['benchmark', config('quickstart'), 'seed=1..2', 'data.path=none'],
  'import --out': ['import', 'none'],
  'count --out': ['count', 'none'],
  'merge --out': ['merge', 'none'],
  'estimate-bias --out': ['estimate-bias', 'none'],
  'diagnose --out': ['diagnose', 'none', '--format', 'html'],
  'fit --out': ['fit', 'none'],
  'click-model fit --out': ['click-model', 'fit', 'none', '--model', 'cascade'],
  'click-model simulate --out': ['click-model', 'simulate', 'none', 'none'],
};
/** What adds to a folder. */
const added: typeof fresh = {
  'run --mlflow': run,
  'run --tensorboard': run,
  'sweep --out': sweep,
  'sweep --mlflow': [...sweep, '--out', 'out'],
  'sweep --tensorboard': [...sweep, '--out', 'out'],
  'collect --mlflow': ['sweep', 'collect', 'none'],
  'collect --tensorboard': ['sweep', 'collect', 'none'],
  'export --mlflow': ['export', 'none'],
  'export --tensorboard': ['export', 'none'],
  'new --out': ['new', 'metric', 'mine'],
};
/** What is made anew from its source, again and again. */
const replaced: typeof fresh = { 'notebook --out': ['notebook', 'none.ts'] };
const option = (name: string) => name.split(' ').slice(-1)[0];

test('these are all options that name a place to write to, and say what becomes of one that exists', async () => {
  const places = (command: Command, above = ''): [string, string][] => [
    ...command.options
      .filter(({ long }) => /^--(out|csv|parquet|plain-weights|onnx|lightgbm|mlflow|tensorboard|write-runs)$/.test(long ?? ''))
      .map(({ long, description }): [string, string] => [`${above}${command.name()} ${long}`, description]),
    ...command.commands.flatMap((own) => places(own, command.name() === 'click-model' ? 'click-model ' : '')),
  ];
  const all = places(await createProgram());
  expect(all.map(([name]) => name).sort()).toEqual(Object.keys({ ...fresh, ...added, ...replaced }).sort());
  for (const [name, description] of all)
    if (name in fresh) expect([name, description]).toEqual([name, expect.stringMatching(/must not exist/)]);
});

const unchanged = ({ code, err }: { code: number; err: string }, message: RegExp) => {
  expect(err).toMatch(message);
  expect(err.trimEnd().split('\n')).toHaveLength(1); // the work, which has not begun, would tell of itself
  expect([code, readdirSync('.'), readFileSync('taken', 'utf8')]).toEqual([2, ['taken'], 'mine']);
};

test.each(Object.entries(fresh))('%s: what exists is refused before the work, and stays as it was', async (name, words) => {
  unchanged(await counterrank(...words, option(name), 'taken'), /^error: "taken" exists; nothing is overwritten: name another place/);
});

test.each(Object.entries({ ...fresh, ...added, ...replaced }))(
  '%s: a place that cannot be made is refused before the work',
  async (name, words) => {
    unchanged(await counterrank(...words, option(name), 'taken/a/b'), /^error: cannot write .*"taken.*": a part of its path is a file/);
  },
);

test.each(Object.entries(added))('%s: a file is no folder to add to', async (name, words) => {
  unchanged(await counterrank(...words, option(name), 'taken'), /^error: .*"taken.*": a part of its path is a file/);
});
