import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { biasEstimators, biasToJson, type EstimatedBias } from '../../estimators/index.ts';
import { temporaryFolder } from '../src/data/temporary-folder.ts';

const home = temporaryFolder().path;
const fixed = {
  ...{ queries: Uint32Array.of(0, 1), offsets: Uint32Array.of(0, 2, 4), docs: Uint32Array.of(0, 1, 2, 3) },
  ...{ list: Uint32Array.of(0, 1), clickOffsets: Uint32Array.of(0, 2, 4), clicks: Uint8Array.of(1, 0, 0, 1), count: Float64Array.of(3, 1) },
};
const [alpha, beta] = [Float64Array.of(0.5, 0.3), Float64Array.of(0.1, 0.05)];
const ends = (values: Float64Array) => ({ lower: values.map((value) => value - 0.05), upper: values.map((value) => value + 0.05) });
const trusted: EstimatedBias = {
  ...{ source: 'learnt', examination: null, affine: { kind: 'affine', alpha, beta } },
  affineIntervals: { alpha: ends(alpha), beta: ends(beta) },
  of: () => {
    throw new Error('not asked for');
  },
};

function reading(change: object) {
  const file = join(home, 'bias.json');
  writeFileSync(file, JSON.stringify({ ...biasToJson(trusted), ...change }));
  return biasEstimators.saved.create({ file, mean: false });
}

test('α and β come back with their intervals', () => {
  expect(reading({})({} as never)).toMatchObject({ affine: trusted.affine, affineIntervals: trusted.affineIntervals });
});

test('a curve comes back at its level, which clips and regressions see', () => {
  const examination = [0.6, 0.45, 0.66];
  const given = biasEstimators.given.create({ examination })();
  const file = join(home, 'given.json');
  writeFileSync(file, JSON.stringify(biasToJson(given)));
  const back = biasEstimators.saved.create({ file, mean: false })({} as never);
  expect(Array.from(back.of({} as never).examination)).toEqual(examination.map((theta) => expect.closeTo(theta, 14)));
  expect(Array.from(back.examination ?? [])).toEqual([1, expect.closeTo(0.75, 14), expect.closeTo(1.1, 14)]);
  const world = { log: fixed, querySet: {}, knownBias: { examination: { kind: 'examination', examination: Float64Array.of(0.6, 0.3) } } };
  const told = biasEstimators.oracle.create()({ train: world } as never);
  expect([told.level, ...(told.examination ?? [])]).toEqual([expect.closeTo(0.6, 14), 1, expect.closeTo(0.5, 14)]);
});

test('the truth of lists that differ is kept as a mean, and says so', () => {
  const knownBias = { examination: { kind: 'contextual', examination: Float64Array.of(0.8, 0.2, 0.4, 0.4) } };
  const told = biasEstimators.oracle.create()({ train: { log: fixed, querySet: {}, knownBias } } as never);
  expect(biasToJson(told)).toMatchObject({ meanOver: 'lists', level: expect.closeTo((3 * 0.8 + 0.4) / 4, 14) });
});

const unit = { lower: [0], upper: [1] };
test.each([
  ['affineIntervals.alpha.lower: must have as many ends of intervals as α, 2, got 1', { affineIntervals: { alpha: unit, beta: unit } }],
  ['affine: must have as many α as β, got 1 and 0', { affine: { alpha: [0.5], beta: [] }, affineIntervals: null }],
  [
    'affine.alpha.1, affine.beta.1: α + β is a probability: at most 1, got 0.9 + 0.2',
    { affine: { alpha: [0.3, 0.9], beta: [0, 0.2] }, affineIntervals: null },
  ],
  ['affine.alpha.0: α must not be 0', { affine: { alpha: [0, 0.3], beta: [0.2, 0] }, affineIntervals: null }],
  [
    'intervals.lower.1: the lower end of an interval must not be above its upper, got 0.6 above 0.4',
    { examination: [1, 0.5], intervals: { lower: [1, 0.6], upper: [1, 0.4] } },
  ],
  [
    'intervals.upper: must have as many ends of intervals as ranks, 2, got 1',
    { examination: [1, 0.5], intervals: { lower: [1, 0.6], upper: [1] } },
  ],
  ['affine.alpha: must tell of a rank at least, got []', { affine: { alpha: [], beta: [] }, affineIntervals: null }],
  ['examination: must tell of a rank at least, got []', { examination: [], intervals: unit }],
  ['examination, affine: must have an examination or an affine bias', { examination: null, affine: null }],
  ['examination.1: is relative to rank 1, and times its level (0.6) a probability: at most 1, got 2', { examination: [1, 2], level: 0.6 }],
])('refused: %s', (message, change) => {
  expect(() => reading(change)).toThrow(message);
  expect(() => reading(change)).not.toThrow(/got \{/); // what is wrong, and not the file
});

test('a mean over what the bias differs between is taken where it is asked for, a mark of byte order or not', () => {
  const curve = { examination: [1, 0.5], meanOver: 'clicks above' };
  expect(() => reading(curve)).toThrow(
    'differs between clicks above, and corrects otherwise than that did: estimate it anew, or take the mean (mean: true)',
  );
  const file = join(home, 'marked.json');
  writeFileSync(file, `\uFEFF${JSON.stringify({ ...biasToJson(trusted), ...curve })}`);
  expect(biasEstimators.saved.create({ file, mean: true })({} as never)).toMatchObject({
    meanOver: 'clicks above',
    examination: Float64Array.of(1, 0.5),
  });
  const { gives, ranks } = biasEstimators.saved; // asked when a config is read
  expect([gives({ file, mean: true }), ranks({ file, mean: true })]).toEqual(['both', 2]);
  for (const tell of [gives, ranks]) expect(() => tell({ file, mean: false })).toThrow(/differs between clicks above.*mean: true/);
});
