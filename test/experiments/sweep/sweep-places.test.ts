import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { contents, ended, mainFile, runProgram, tinyConfig } from './run-program.ts';
import { noSlurm, queueEmpty } from './slurm-here.ts';

const folder = temporaryFolder();
const config = folder.put('tiny.yaml', `${tinyConfig}launcher: {slurm: {tasks: 3, memory: 300M, time: 5}}\n`);
const runs = 5;
const sweep = (out: string, ...more: string[]) => ['sweep', config, `seed=1..${runs}`, '--out', out, ...more];
const records = (out: string) => contents(folder.in(`${out}/runs`));
const same = (out: string) => {
  const [files, expected] = [records(out), records('local')];
  expect([...files].filter(([name, content]) => expected.get(name) !== content)).toEqual([]);
  expect([...files.keys()]).toEqual([...expected.keys()]);
};
beforeAll(async () => {
  const { code, out, err } = await runProgram(sweep(folder.in('local'), '--jobs', '2'));
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^method +ndcg@5[\s\S]*records\.csv holds all numbers/) });
  expect(err).toMatch(/^sweep 5\/5 · seed\d-[0-9a-f]{10}/m);
});

test('the folder holds the sweep, its runs, the table of all and what they share, no more', () => {
  expect(readdirSync(folder.in('local')).sort()).toEqual(['cache', 'records.csv', 'records.parquet', 'runs', 'sweep.json']);
  expect(readFileSync(folder.in('local/records.csv'), 'utf8').trim().split('\n')).toHaveLength(1 + runs * 2); // two methods
});

test('trackers get the finished runs, from the sweep when it is complete or when it is collected', async () => {
  const [store, events] = [folder.in('mlruns'), folder.in('events')];
  const gone = await runProgram(['sweep', folder.in('local'), '--quiet', '--mlflow', store]);
  expect(gone).toMatchObject({
    code: 0,
    out: expect.stringMatching(/mlruns: 10 new runs for: mlflow ui.*\nmethod +ndcg@5[\s\S]*records\.csv/),
  }); // two methods each; quiet: no progress
  const collected = await runProgram(['sweep', 'collect', folder.in('local'), '--mlflow', store, '--tensorboard', events]);
  expect(collected).toMatchObject({ code: 0, out: expect.stringMatching(/mlruns: 0 new runs.*\n.*events: 10 event files/) });
  rmSync(folder.in('local/report'), { recursive: true });
  expect(await runProgram(sweep(folder.in('no'), '--launcher', 'slurm', '--mlflow', store))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/give them to counterrank sweep collect/),
  });
});

if (process.platform === 'linux')
  test('a folder that cannot be made is one line at once', async () => {
    expect(await runProgram(sweep('/proc/a/b'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: cannot write "\/proc\/a\/b": no such/),
    });
  });

test('a run made alone gives the same bytes as in a sweep, and a page besides', async () => {
  const { out } = await runProgram(['sweep', folder.in('local'), '--commands']);
  expect(out.trim()).toBe('');
  const { out: lines } = await runProgram(sweep(folder.in('single'), '--commands'));
  const [, words] = /^counterrank (.*)/.exec(lines.split('\n')[2]) ?? [];
  expect(await runProgram([...words.split(' '), '--quiet'])).toMatchObject({ code: 0 });
  const [id] = readdirSync(folder.in('single/runs'));
  const others = [...contents(folder.in(`single/runs/${id}`))].filter(
    ([name, content]) => records('local').get(`${id}/${name}`) !== content,
  );
  expect(others.map(([name]) => name)).toEqual(['report.html']);
});

test('shards give the same records, whoever tells their index', async () => {
  const out = folder.in('sharded');
  const first = await runProgram(sweep(out, '--jobs', '1', '--shard', '1/2', '--quiet'));
  expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/^3 of 3 runs finished in this part/) });
  expect((await runProgram(['sweep', 'status', out])).out).toMatch(/^5 runs: 3 finished, 2 waiting\n.*s a finished run/);
  expect(await runProgram(['sweep', out, '--jobs', '1', '--shard', 'auto/2', '--quiet'], { JOB_COMPLETION_INDEX: '1' })).toMatchObject({
    code: 0,
  });
  same('sharded');
  expect(readFileSync(`${out}/records.csv`, 'utf8')).toBe(readFileSync(folder.in('local/records.csv'), 'utf8'));
});

test('two machines at one folder share the runs between them, and give the same records', async () => {
  const machine = ['--uts', '--pid', '--mount-proc', '--fork']; // of another name, where process numbers mean something else
  if (spawnSync('unshare', [...machine, 'true']).status !== 0)
    return console.warn('not tested as two machines: unshare needs Linux and root');
  const words = ['--jobs', '1', '--quiet'].join(' ');
  const command = `${process.execPath} ${mainFile()} sweep ${config} seed=1..${runs} --out ${folder.in('hosts')} ${words}`;
  const ends = ['a', 'b'].map((name) => ended(spawn('unshare', [...machine, 'bash', '-c', `hostname ${name}; ${command}; exit`])));
  for (const end of await Promise.all(ends)) expect(end).toMatchObject({ code: 0, err: '' });
  same('hosts');
  expect(readdirSync(folder.in('hosts')).sort()).toEqual(['cache', 'records.csv', 'records.parquet', 'runs', 'sweep.json']);
});

test('a job array of Slurm gives the same records, collected by its last job', async () => {
  const reason = noSlurm();
  if (reason !== null) return console.warn(`not tested under Slurm: ${reason}; see experiments/slurm/setup-local.sh`);
  const out = folder.in('slurm');
  const submitted = await runProgram(sweep(out, '--launcher', 'slurm'));
  expect(submitted).toMatchObject({ code: 0, out: expect.stringMatching(/^submitted 3 tasks as Slurm job \d+, and \d+ to put/) });
  const [array, collect] = (submitted.out.match(/\d+/g) ?? []).slice(1);
  expect(await runProgram(['sweep', out, '--launcher', 'slurm'])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/still in the queue/),
  });
  await queueEmpty([array, collect]);
  same('slurm');
  expect(readFileSync(`${out}/records.csv`, 'utf8')).toBe(readFileSync(folder.in('local/records.csv'), 'utf8'));
  expect(readdirSync(`${out}/report`)).toContain('report.html');
  expect(await runProgram(['sweep', out, '--launcher', 'slurm'])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/every run is finished/),
  });
});

test('failures stop nothing, are listed with their logs, and are mended by going on', async () => {
  const out = folder.in('failing');
  const words = [
    'sweep',
    config,
    `data.path=null,${folder.in('no-data')}`,
    'estimator=naive,ips',
    'seeds=1',
    '--out',
    out,
    '--jobs',
    '1',
    '--quiet',
  ];
  const { code, err } = await runProgram(words);
  expect(code).toBe(1);
  expect(err).toMatch(/^2 of 4 runs finished, 2 failed:\n {2}\S+: error: no folder ".*no-data".*\n {4}.*\/failed\/\S+\/log\.txt\n/);
  const failed = readdirSync(`${out}/failed`);
  expect(failed).toHaveLength(2);
  expect(readFileSync(`${out}/failed/${failed[0]}/log.txt`, 'utf8')).toMatch(/^data 0\/1 · .*no-data/);
  expect((await runProgram(['sweep', 'status', out])).out).toMatch(/4 runs: 2 finished, 2 failed/);
  mkdirSync(folder.in('no-data'));
  for (const name of ['train.txt', 'vali.txt', 'test.txt']) folder.put(`no-data/${name}`, '1 qid:1 1:1\n0 qid:1 1:0\n');
  expect(await runProgram(['sweep', out, '--jobs', '1', '--quiet'])).toMatchObject({ code: 0 });
  expect(readdirSync(`${out}/runs`)).toEqual(expect.arrayContaining(failed));
  expect(readdirSync(`${out}/failed`)).toEqual([]);
});
