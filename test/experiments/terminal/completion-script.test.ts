import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { completionScript, type TypedCommand } from '../../../experiments/terminal/completion-script.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from '../commands/counterrank.ts';

const folder = temporaryFolder();

const option = (flags: readonly string[], choices: readonly string[] = [], takesValue = choices.length > 0) => ({
  flags,
  description: `what it's "for": more`,
  takesValue,
  choices,
});
const commands: readonly TypedCommand[] = [
  {
    name: 'run',
    description: 'runs [it]',
    options: [option(['-j', '--jobs'], [], true), option(['--quiet'])],
    words: [],
    settings: ['seeds=', 'simulation.sessions='],
    files: true,
    commands: [],
  },
  {
    name: 'report',
    description: 'reports',
    options: [option(['--unit'], ['seed', 'query'])],
    words: [],
    settings: [],
    files: true,
    commands: [],
  },
  {
    name: 'sweep',
    description: 'sweeps',
    options: [option(['--out'], [], true)],
    words: ['quickstart'],
    settings: [],
    files: true,
    commands: [{ name: 'status', description: 'tells', options: [option(['--all'])], words: [], settings: [], files: true, commands: [] }],
  },
  {
    name: 'completion',
    description: 'is this',
    options: [option(['--out'], [], true)],
    words: ['bash'],
    settings: [],
    files: false,
    commands: [],
  },
];

/** What bash offers behind the words typed so far. */
function offered(...words: string[]): string[] {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = spawnSync('bash', ['--norc'], {
    input: `${completionScript('bash', commands)}\nCOMP_WORDS=(counterrank ${typed}); COMP_CWORD=${words.length}; _counterrank; printf '%s\\n' "\${COMPREPLY[@]}"`,
    encoding: 'utf8',
    cwd: '/',
  });
  expect(stderr).toBe('');
  return stdout.trim().split('\n').filter(Boolean);
}

test('bash completes commands, options, values of an option, and subcommands', () => {
  expect(offered('re')).toEqual(['report']);
  expect(offered('run', '-')).toEqual(['-j', '--jobs', '--quiet']);
  expect(offered('report', '--unit', '')).toEqual(['seed', 'query']);
  expect(offered('sweep', 'sta')).toEqual(['status']);
  expect(offered('sweep', 'q')).toEqual(['quickstart']);
  expect(offered('sweep', 'status', '-')).toEqual(['--all']); // its own, not those of the command above it
  expect(offered('sweep', 'quickstart', '-')).toEqual(['--out']);
});

test('keys of a config are offered behind its name', () => {
  expect(offered('run', 'quickstart', 'simulation')).toEqual(['simulation.sessions=']);
  expect(offered('run', 'se')).toEqual([]); // a config comes first
  expect(offered('run', 'quickstart', 'tm')).toEqual(['tmp']); // or a file
});

test('the command line of the package is completed', async () => {
  const { code, out, err } = await counterrank('completion', 'bash');
  expect([code, err]).toEqual([0, '']);
  const input = `${out}\nCOMP_WORDS=(counterrank run quickstart simulation.sess); COMP_CWORD=3; _counterrank; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(spawnSync('bash', ['--norc'], { input, encoding: 'utf8' }).stdout).toBe('simulation.sessions=\n');
});

test('files are offered where an argument, or the value of an option, may be one', () => {
  expect(offered('sweep', '')).toEqual(expect.arrayContaining(['quickstart', 'tmp']));
  expect(offered('completion', '')).toEqual(['bash']);
  expect(offered('completion', '--out', 'tm')).toEqual(['tmp']);
});

test.each(['zsh', 'fish'] as const)('the script for %s is one that it can read', (shell) => {
  const script = completionScript(shell, commands);
  for (const { name } of commands) expect(script).toContain(name);
  const file = folder.in(`completion.${shell}`);
  writeFileSync(file, script);
  const { error, stderr, status } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
  if (error) return console.warn(`not tested with ${shell}, which is not installed`);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

test('fish offers the options of a subcommand to it alone', () => {
  const file = folder.in('loaded.fish');
  writeFileSync(file, completionScript('fish', commands));
  const ask = (typed: string) => spawnSync('fish', ['--no-config', '-c', `source ${file}; complete -C '${typed}'`], { encoding: 'utf8' });
  const { error, stdout } = ask('counterrank sweep status --');
  if (error) return console.warn('not tested with fish, which is not installed');
  expect(stdout).toContain('--all');
  expect(stdout).not.toContain('--out');
  expect(ask('counterrank sweep --').stdout).toContain('--out');
  expect(ask('counterrank completion ').stdout.trim()).toBe('bash'); // and no file
});
