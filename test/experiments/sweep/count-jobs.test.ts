import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { impressionsOf, separated, someSessions } from '../../src/data/log-store/example-logs.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { mainFile } from './run-program.ts';

const folder = temporaryFolder();
const [some] = fc.sample(fc.array(someSessions, { minLength: 3, maxLength: 3 }), { numRuns: 1, seed: 4 });
for (const place of ['bin', 'logs', 'raw', 'parts']) mkdirSync(folder.in(place));
for (const [i, sessions] of some.entries())
  for (const place of ['logs', 'raw']) folder.put(`${place}/${i}.csv`, separated(impressionsOf(sessions)));
const put = (name: string, script: string) => chmodSync(folder.put(`bin/${name}`, script), 0o755);
const counterrank = (...words: string[]) => execFileSync(process.execPath, [mainFile(), ...words], { cwd: folder.path, encoding: 'utf8' });
const rows = (store: string) => readFileSync(folder.in(`${store}/rows/part=0/rows-0.parquet`)).toString('base64');
const sessions = () => {
  put('counterrank', `#!/bin/sh\nexec '${process.execPath}' '${mainFile()}' "$@"\n`);
  counterrank('import', 'logs', '--session', 'sid', '--out', 'whole', '--quiet');
  return rows('whole');
};

/** Runs what is wrapped at once: of an array every task, of a dependent job only where the array before it went well. */
const sbatch = `#!/bin/bash
for word in "$@"; do case "$word" in --array=*) array="\${word#--array=}";; --dependency=*) after="\${word#--dependency=}";; esac; last="$word"; done
if [ -n "$after" ] && [ "$after" != afterok:77 ]; then echo "no such job: $after" >&2; exit 1; fi
if [ -n "$array" ]; then for i in $(seq "\${array%-*}" "\${array#*-}"); do SLURM_ARRAY_TASK_ID=$i bash -c "$last" >&2 || exit 1; done; echo 77; else bash -c "$last"; fi
`;

test('the script of the docs for Slurm counts the shards and merges them: what an import of all files writes', () => {
  const whole = sessions();
  put('sbatch', sbatch);
  const [, script] = /Slurm:\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(readFileSync('docs/log-store.md', 'utf8')) ?? [];
  const three = script.replace('0-7', '0-2').replace('auto/8', 'auto/3');
  execFileSync('bash', ['-ec', three], {
    cwd: folder.path,
    env: { ...process.env, PATH: `${folder.in('bin')}:${process.env.PATH}` },
    stdio: 'pipe',
  });
  expect(rows('log')).toBe(whole);
});

test('each pod of the job for Kubernetes counts the share of its index', () => {
  const { spec } = parse(readFileSync('experiments/kubernetes/count-job.yaml', 'utf8'));
  const [{ command, args, volumeMounts }] = spec.template.spec.containers;
  expect([spec.completionMode, args[0]]).toEqual(['Indexed', expect.stringContaining(`auto/${spec.completions} `)]);
  expect(volumeMounts[0].mountPath).toBe('/logs');
  const script = args[0]
    .replace('/counterrank/dist/experiments/main.js', mainFile())
    .replaceAll('/logs', folder.path)
    .replace(`auto/${spec.completions}`, 'auto/3');
  mkdirSync(folder.in('pods'));
  for (const index of ['0', '1', '2'])
    execFileSync(command[0], [...command.slice(1), script.replace('/parts/', '/pods/')], {
      env: { ...process.env, JOB_COMPLETION_INDEX: index },
      stdio: 'pipe',
    });
  counterrank('merge', 'pods/0', 'pods/1', 'pods/2', '--out', 'of-pods');
  counterrank('import', 'raw', '--session', 'sid', '--out', 'raw-whole', '--quiet');
  expect(rows('of-pods')).toBe(rows('raw-whole'));
});
