import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../modules/own-files.ts';
import { checkedPages } from './checked-pages.ts';
import { shellBlocks, toRun } from './shell-blocks.ts';

/**
 * Runs what pages say is to be typed: every shell block of each page, in order, in a temporary folder of its own. `npm run docs:check`, or with
 * names of pages. Marks in the Markdown (see `shellBlocks`) say what is left out, which is told; exit code 1 where something failed.
 */
const minutes = 15; // of processor time of one command
const patience = 4; // times as long by the clock, on a machine that others use too
if (!existsSync(join(packageRoot, 'dist/experiments/main.js'))) throw new Error('npm run build comes first');
const asked = process.argv.slice(2);
const pages = asked.length > 0 ? asked : await checkedPages(packageRoot);
let [run, failed, left] = [0, 0, 0];

for (const page of pages) {
  const blocks = shellBlocks(await readFile(join(packageRoot, page), 'utf8'), page);
  if (!blocks.some(({ file }) => file === null)) continue;
  const folder = await workFolder();
  for (const block of blocks) {
    if (block.file !== null) {
      await writeFile(join(folder, block.file), block.text);
      continue;
    }
    const { script, left: skipped } = toRun(block);
    for (const { text, reason } of skipped) console.log(`${page}:${block.line}: skipped, ${reason}: ${text.trim().split('\n')[0]}`);
    left += skipped.length;
    if (script.trim() === '') continue;
    run++;
    const begun = Date.now();
    const result = type(folder, [`ulimit -t ${minutes * 60}`, ...block.first, script].join('\n'));
    console.log(`${page}:${block.line}: ${result === null ? 'fine' : 'FAILED'}, ${Math.round((Date.now() - begun) / 1000)} s`);
    if (result === null) continue;
    failed++;
    console.log(result.replaceAll(/^/gm, '    '));
  }
  await rm(folder, { recursive: true, force: true });
}
console.log(`${run} blocks run, ${failed} failed, ${left} commands skipped`);
process.exitCode = failed > 0 ? 1 : 0;

/** A project in which the package is installed. */
async function workFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-check-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '.bin'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type": "module", "private": true}\n');
  await symlink(packageRoot, join(modules, 'counterrank'));
  await symlink(join(packageRoot, 'dist/experiments/main.js'), join(modules, '.bin/counterrank'));
  await symlink(join(packageRoot, 'node_modules/.bin/tsx'), join(modules, '.bin/tsx'));
  return folder;
}

/** What a shell said that did not end well; null where it did. */
function type(cwd: string, script: string): string | null {
  const { PATH } = process.env;
  const env = { ...process.env, PATH: `${join(cwd, 'node_modules/.bin')}:${PATH}`, npm_config_yes: 'false', BASH_ENV: '' };
  const { status, stdout, stderr, error } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    cwd,
    env,
    timeout: patience * minutes * 60_000,
    encoding: 'utf8',
  });
  if (status === 0) return null;
  const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n');
  return `${error === undefined ? `exit code ${status}` : error.message}\n${said}`;
}
