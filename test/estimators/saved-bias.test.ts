import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { biasEstimators, biasToJson, type EstimatedBias } from '../../estimators/index.ts';
import { temporaryFolder } from '../src/data/temporary-folder.ts';

const home = temporaryFolder().path;
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

test.each([
  [
    'must have as many ends of intervals as α',
    { affineIntervals: { alpha: { lower: [0], upper: [1] }, beta: { lower: [0], upper: [1] } } },
  ],
  ['must have as many α as β', { affine: { alpha: [0.5], beta: [] }, affineIntervals: null }],
  ['at most 1', { affine: { alpha: [0.9, 0.3], beta: [0.2, 0] }, affineIntervals: null }],
  ['α must not be 0', { affine: { alpha: [0, 0.3], beta: [0.2, 0] }, affineIntervals: null }],
  ['lower end of an interval', { examination: [1, 0.5], intervals: { lower: [1, 0.6], upper: [1, 0.4] } }],
  ['must tell of a rank at least', { affine: { alpha: [], beta: [] }, affineIntervals: null }],
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
