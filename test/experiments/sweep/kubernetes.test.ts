import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createProgram } from '../../../experiments/commands/program.ts';
import { parseShard } from '../../../experiments/sweep/shard.ts';

const job = parse(readFileSync('experiments/kubernetes/sweep-job.yaml', 'utf8'));
const [container] = job.spec.template.spec.containers;
const words: string[] = container.args;

test('the job is an indexed one, with as many pods as the sweep has shards', () => {
  expect(job.spec.completionMode).toBe('Indexed');
  const shard = words[words.indexOf('--shard') + 1];
  const shards = Array.from({ length: job.spec.completions }, (_, index) => parseShard(shard, { JOB_COMPLETION_INDEX: String(index) }));
  expect(shards.map(({ index }) => index)).toEqual(shards.map((_, i) => i));
  expect(new Set(shards.map(({ count }) => count))).toEqual(new Set([job.spec.completions]));
});

test('its options are ones that the command has, and its volume is mounted where it writes', async () => {
  const sweep = (await createProgram()).commands.find((command) => command.name() === words[0]);
  const known = sweep?.options.map(({ long }) => long);
  for (const word of words.filter((candidate) => candidate.startsWith('--'))) expect(known).toContain(word);
  expect(words[words.indexOf('--out') + 1].startsWith(`${container.volumeMounts[0].mountPath}/`)).toBe(true);
});
