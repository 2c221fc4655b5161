import { readFileSync } from 'node:fs';
import { plackettLuceExpectations } from '../../../estimators/index.ts';
import { sharedData, testWithData } from '../../src/metrics/read-trec.ts';

test('two documents at one rank: a sigmoid of the scores over the temperature; each query by itself', () => {
  const offsets = Uint32Array.of(0, 2, 3);
  const bias = { kind: 'examination', examination: Float64Array.of(0.8) } as const;
  const { alpha, beta } = plackettLuceExpectations({ offsets }, Float32Array.of(3, 1, 5), 2, bias);
  const first = 1 / (1 + Math.exp(-1));
  [0.8 * first, 0.8 * (1 - first), 0.8].forEach((expected, d) => {
    expect(alpha[d]).toBeCloseTo(expected, 12);
  });
  expect([...beta]).toEqual([0, 0, 0]);
});

testWithData('values of position-bias-ope.json', () => {
  const given = JSON.parse(readFileSync(sharedData('online-and-off-policy/position-bias-ope.json'), 'utf8'));
  const bias = { kind: 'affine', alpha: Float64Array.from(given.alpha), beta: Float64Array.from(given.beta) } as const;
  const found = plackettLuceExpectations({ offsets: Uint32Array.of(0, 4) }, Float32Array.from(given.loggingScores), 1, bias);
  found.alpha.forEach((alpha, d) => {
    expect(alpha).toBeCloseTo(given.expectedAlpha[d], 12);
  });
  found.beta.forEach((beta, d) => {
    expect(beta).toBeCloseTo(given.expectedBeta[d], 12);
  });
});
