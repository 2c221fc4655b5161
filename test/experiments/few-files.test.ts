import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../src/data/temporary-folder.ts';
import type { Finished } from './copied-package.ts';
import { bundledProgram } from './sweep/built-program.ts';
import { tinyConfig } from './sweep/run-program.ts';

const folder = temporaryFolder();
folder.put('tiny.yaml', `${tinyConfig}backend: cpu\n`); // and with it all of TensorFlow.js
const main = resolve(bundledProgram(), 'experiments/main.js');

/** The published program where a process may have so many files open. */
const withFiles = (most: number, ...words: string[]): Promise<Finished> =>
  new Promise((done) => {
    const command = `ulimit -n ${most}; exec "$0" "$@"`;
    const child = execFile('bash', ['-c', command, process.execPath, main, ...words], { cwd: folder.path }, (_, out, err) =>
      done({ code: child.exitCode, out, err }),
    );
  });

if (process.platform !== 'win32') {
  test.each([
    ['--help'],
    ['list'],
    ['validate', 'tiny.yaml'],
    ['run', 'tiny.yaml', '--quiet'],
    ['sweep', 'tiny.yaml', 'seed=1,2', '--quiet'],
  ])('%s %s needs no more than 128 open files', async (...words) =>
    expect(await withFiles(128, ...words)).toMatchObject({ code: 0, err: '' }),
  );

  test('too few are told in one line', async () => {
    const { code, err } = await withFiles(32, 'list');
    expect(code === 0 ? '' : err).toMatch(/^$|^error: [^\n]*too many files are open; raise the limit[^\n]*\n$/);
  });
}

test('a plugin, the command line and a worker meet one copy of every class', async () => {
  folder.put(
    'own.mjs',
    `import { UsageError, strictObject } from 'counterrank';
import { naive } from 'counterrank/estimators';
export const estimators = { own: { description: 'refuses', options: strictObject({}), create: () => () => { throw new UsageError('own rule'); } },
  same: { ...naive, description: 'naive, by another name' } };\n`,
  );
  const plugin = ['--plugin', join(folder.path, 'own.mjs'), '--quiet'];
  const { code, err } = await withFiles(1024, 'run', 'tiny.yaml', 'estimators=[own]', 'baseline=null', ...plugin);
  expect({ code, err }).toEqual({ code: 2, err: 'error: own rule (method own, seed 1)\n' });
  const swept = await withFiles(1024, 'sweep', 'tiny.yaml', 'estimator=same,naive', '--out', 'two', ...plugin);
  expect(swept).toMatchObject({ code: 0, err: '' });
});
