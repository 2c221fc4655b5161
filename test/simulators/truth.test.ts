import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cascade, trustBias } from '../../click-models/index.ts';
import { readTruth, truthOf, truthToJson, writeTruth } from '../../simulators/index.ts';
import type { ClickLog } from '../../src/data/click-log.ts';

const log: ClickLog = {
  queries: Uint32Array.of(0, 0),
  offsets: Uint32Array.of(0, 2, 3),
  docs: Uint32Array.of(1, 0, 2),
  list: Uint32Array.of(0, 1),
  clickOffsets: Uint32Array.of(0, 2, 3),
  clicks: Uint8Array.of(1, 0, 0),
  count: Float64Array.of(5, 1),
};
const attraction = Float64Array.of(0.3, 0.9, 0.5);
const truths = [cascade.create({}, 2), trustBias.create({ affine: null }, 2)].map((model) => truthOf(model, { attraction }, log));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truth-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.each(truths.map((truth) => [truth.clickModel.name, truth] as const))(
  '%s: written and read, the truth is the same',
  async (name, truth) => {
    const path = join(folder, `${name}.json`);
    await writeTruth(path, truth);
    expect(await readTruth(path)).toEqual(truth);
  },
);

test('as JSON: numbers in plain arrays', () => {
  expect(truthToJson(truths[0])).toEqual({
    clickModel: { name: 'cascade', parameters: {} },
    attraction: [0.3, 0.9, 0.5],
    examination: { kind: 'contextual', examination: [1, expect.closeTo(0.1, 15), 1] },
    affine: null,
  });
});

test.each([
  ['not JSON', '{', 'not JSON'],
  ['another thing', '{"clickModel": 3}', 'not a simulation truth'],
])('%s is refused with the file’s name', async (name, text, message) => {
  const path = join(folder, `${name.length}.json`);
  await writeFile(path, text);
  await expect(readTruth(path)).rejects.toThrow(`${path}: ${message}`);
});

test('a file that is not there is refused', async () => {
  await expect(readTruth(join(folder, 'none.json'))).rejects.toThrow('cannot read');
});
