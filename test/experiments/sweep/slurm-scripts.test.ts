import { decode } from '../../../experiments/config/decode.ts';
import { slurmConfig } from '../../../experiments/config/launcher-config.ts';
import { arrayScript, collectScript, ranges } from '../../../experiments/sweep/slurm-scripts.ts';

const job = (settings: object) => ({
  name: 'large',
  folder: '/shared/50% done',
  workingFolder: '/home/me/it is',
  program: ['/usr/bin/node', '/opt/main.js'],
  slurm: decode(slurmConfig, settings, 'test'),
  tasks: 8,
  open: [0, 1, 2, 5],
});

test('the array asks for what the config says, and its tasks do the shard that their index is', () => {
  const settings = {
    partition: 'gpu',
    account: 'ir',
    qos: 'long',
    time: '1-12:00',
    memory: '4G',
    cpus: 3,
    concurrent: 4,
    setup: ['module load node'],
    options: ['--gres=gpu:1'],
  };
  expect(arrayScript(job(settings)).split('\n')).toEqual([
    '#!/bin/bash',
    '#SBATCH --job-name=large',
    '#SBATCH --array=0-2,5%4',
    '#SBATCH --cpus-per-task=3',
    '#SBATCH --output="/shared/50%% done/slurm/%A_%a.log"',
    '#SBATCH --partition=gpu',
    '#SBATCH --account=ir',
    '#SBATCH --qos=long',
    '#SBATCH --time=1-12:00',
    '#SBATCH --mem=4G',
    '#SBATCH --open-mode=append',
    '#SBATCH --gres=gpu:1',
    "cd '/home/me/it is' || exit",
    'module load node',
    "exec /usr/bin/node /opt/main.js sweep '/shared/50% done' --shard auto/8 --jobs 3 --quiet",
    '',
  ]);
});

test('what the config leaves open is left to the cluster', () => {
  expect(arrayScript(job({}))).not.toMatch(/partition|account|qos|time|mem/);
  expect(collectScript(job({ partition: 'main', cpus: 8 }))).toMatch(
    /--partition=main[\s\S]*main\.js sweep collect '\/shared\/50% done'\n$/,
  );
});

test('ranges cover exactly the numbers', () => {
  const read = (text: string) =>
    text.split(',').flatMap((part) => {
      const [from, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });
  for (const numbers of [[0], [0, 1, 2], [1, 3, 5], [0, 1, 4, 5, 6, 9]]) expect(read(ranges(numbers))).toEqual(numbers);
  expect(ranges([0, 1, 4, 5, 6, 9])).toBe('0-1,4-6,9');
});

test.each([
  [{ partition: 'a b' }, /partition: must be text without blanks/],
  [{ setup: ['a\nb'] }, /setup\.0: must be one line/],
  [{ partion: 'x' }, /partion: unknown key; did you mean "partition"/],
  [{ cpus: 0 }, /cpus: must be at least 1/],
])('%j is refused', (settings, message) => {
  expect(() => job(settings)).toThrow(message);
});
