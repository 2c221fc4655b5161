import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

/** A manifest as kubectl has it after reading: fields that Kubernetes does not know are gone. null where there is no kubectl. */
function asKubectlReads(manifest: string): string | null {
  try {
    const words = ['set', 'image', '--local', '--filename=-', '--output=json', 'counterrank=elsewhere/counterrank:1'];
    return execFileSync('kubectl', words, { input: manifest, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Paths and values of everything in a tree that is no group or list. */
const leaves = (node: unknown, path = ''): string[] =>
  typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) => leaves(value, `${path}.${key}`))
    : [`${path} ${node}`];

test('Kubernetes knows every field of the job', () => {
  const text = readFileSync('experiments/kubernetes/sweep-job.yaml', 'utf8');
  const read = asKubectlReads(text);
  if (read === null) return console.warn('not tested with kubectl, which is not installed');
  const kept = new Set(leaves(JSON.parse(read)));
  const lost = (manifest: object) => leaves(manifest).filter((leaf) => !kept.has(leaf));
  expect(lost(job)).toEqual(['.spec.template.spec.containers.0.image counterrank']); // which the command set
  expect(leaves(JSON.parse(asKubectlReads(text.replace('completionMode', 'completonMode')) as string)).join()).not.toContain('Indexed');
});

test('the image is built from files that there are, all areas of the source among them, never from a whole checkout', () => {
  const lines = readFileSync('experiments/kubernetes/Containerfile', 'utf8').split('\n');
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(' ').slice(1, -1));
  expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  expect(copied).toEqual(expect.arrayContaining(['src', 'click-models', 'simulators', 'estimators', 'experiments']));
  expect(copied).not.toContain('.');
});
