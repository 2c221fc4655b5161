import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readGitState } from '../../../experiments/records/git-state.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';

const folder = temporaryFolder();
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], { cwd: folder.path, encoding: 'utf8' }).trim();

test('no checkout, no commit yet, clean, and dirty by a changed or a new file', async () => {
  expect(await readGitState(folder.path)).toBe(null);
  git('init', '--quiet');
  expect(await readGitState(folder.path)).toBe(null);
  writeFileSync(folder.in('a.txt'), 'a');
  git('add', 'a.txt');
  git('commit', '--quiet', '--message', 'one');
  const commit = git('rev-parse', 'HEAD');
  expect(await readGitState(folder.path)).toEqual({ commit, dirty: false });
  writeFileSync(folder.in('a.txt'), 'b');
  expect(await readGitState(folder.path)).toEqual({ commit, dirty: true });
  git('checkout', '--quiet', 'a.txt');
  mkdirSync(folder.in('below'));
  writeFileSync(folder.in('below/new.txt'), '');
  expect(await readGitState(folder.in('below'))).toEqual({ commit, dirty: true });
});
