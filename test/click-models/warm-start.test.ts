import { type FitOptions, fitClickModel, fitOptions, logLikelihood } from '../../click-models/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const options = (given: Partial<FitOptions> = {}) => decodeOptions('fit', fitOptions, given) as FitOptions;

/** Mean log-likelihood of a session, by walks. */
function byWalks(model: ReturnType<typeof modelOf>, { fit: { log }, truth }: ReturnType<typeof simulatedLog>): number {
  let [sum, sessions] = [0, 0];
  for (const [row, l] of log.list.entries()) {
    const docs = log.docs.subarray(log.offsets[l], log.offsets[l + 1]);
    const attraction = Float64Array.from(docs, (doc) => truth.attraction[doc]);
    const clicks = log.clicks.subarray(log.clickOffsets[row], log.clickOffsets[row + 1]);
    sum += log.count[row] * logLikelihood(model, { attraction }, clicks);
    sessions += log.count[row];
  }
  return sum / sessions;
}

test.each([
  [
    'position-based with curves of their own',
    [
      { name: 'position-based', eta: 0.2 },
      { name: 'position-based', eta: 2 },
    ],
  ],
  ['user browsing by distance and by last click', [{ name: 'user-browsing', by: 'distance' }, 'user-browsing']],
  [
    'random clicks, whose rate no fit changes',
    [
      { name: 'random-click', rate: 0.4 },
      { name: 'random-click', rate: 0.4 },
    ],
  ],
])('kinds of users that differ, or that nothing could tell apart, begin where they are given: %s', (_, models) => {
  const model = modelOf('mixture', 5, { models });
  const own = simulatedLog(model, { sessions: 20_000, positions: 5 });
  const { convergence } = fitClickModel(model, own.fit, options({ prior: 'none', iterations: 1 }), { documents: own.truth });
  expect(convergence[0].logLikelihood).toBeCloseTo(byWalks(model, own), 10);
});

test('a mixture of two kinds of one model goes on from where its fit had come', () => {
  const models = [
    { name: 'position-based', eta: 0.2 },
    { name: 'position-based', eta: 2 },
  ];
  const { fit } = simulatedLog(modelOf('mixture', 5, { models }), { sessions: 50_000, positions: 5 });
  const { model, documents, priors, logLikelihood: reached } = fitClickModel(modelOf('mixture', 5, { models }), fit, options());
  const again = fitClickModel(model, fit, options({ iterations: 1 }), { documents, priors });
  expect(again.convergence[0].logLikelihood).toBeCloseTo(reached, 10);
});

test('three kinds that begin alike are moved apart, each further than the one before', () => {
  const models = ['position-based', 'position-based', 'position-based'];
  const model = modelOf('mixture', 3, { models });
  const { fit, truth } = simulatedLog(model, { sessions: 1000, positions: 3 });
  const one = fitClickModel(model, fit, options({ prior: 'none', iterations: 1 }), { documents: truth }).model.parameters;
  expect(one.examination1[2]).toBeGreaterThan(one.examination2[2] + 0.01);
  expect(one.examination2[2]).toBeGreaterThan(one.examination3[2] + 0.01);
});
