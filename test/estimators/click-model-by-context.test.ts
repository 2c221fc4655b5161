import { biasEstimators, type EstimateBias } from '../../estimators/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';

/** Two documents at both ranks in each of two contexts, both attracting half of those who look; rank 2 is looked at with ½ and with ¼ of rank 1's. */
const builder = new ClickLogBuilder();
const below = [0.5, 0.25];
const contexts = below.flatMap((theta, context) =>
  [
    [0, 1],
    [1, 0],
  ].map((docs) => {
    const list = builder.addList(
      context,
      docs.map((doc) => 2 * context + doc),
    ); // a query each, as equal lists are one
    for (const clicks of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ])
      builder.addRow(
        list,
        clicks,
        8e6 * clicks.reduce((p, click, k) => p * (click === 1 ? 0.5 * [1, theta][k] : 1 - 0.5 * [1, theta][k]), 1),
      );
    return context;
  }),
);
const train = {
  log: { ...builder.build(), contexts: Uint32Array.from(contexts) },
  querySet: {
    ...{
      queryIds: ['p', 'q'],
      docIds: ['a', 'b', 'c', 'd'],
      offsets: Uint32Array.of(0, 2, 4),
      features: new Float32Array(0),
      featureCount: 0,
    },
    labels: new Float32Array(4),
  },
  knownBias: null,
};

test('a fitted click model of several contexts tells the curve of each, with intervals where asked for', () => {
  const { options, create } = biasEstimators['click-model'];
  const estimate = create(decodeOptions('click-model', options, { model: 'contextual-position-based', bootstrap: 10 })) as EstimateBias;
  const { byContext = [] } = estimate({ train, rng: createRng('contexts') } as never);
  expect(byContext.map(({ examination }) => examination.length)).toEqual([2, 2]);
  for (const [c, { examination, intervals }] of byContext.entries()) {
    expect(Math.abs(examination[1] / below[c] - 1)).toBeLessThan(0.01);
    const [lower, upper] = [intervals?.lower[1] ?? 0, intervals?.upper[1] ?? Infinity];
    expect(lower < examination[1] && examination[1] < upper && upper / lower < 1.05).toBe(true);
  }
});
