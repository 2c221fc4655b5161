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
  return biasEstimators.saved.create({ file });
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
  ['must tell of a rank at least', { affine: { alpha: [], beta: [] }, affineIntervals: null }],
])('refused: %s', (message, change) => {
  expect(() => reading(change)).toThrow(message);
});
