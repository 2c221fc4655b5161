import { isPager } from '../../click-models/definition.ts';
import { clickMarginals, examinationMarginals, logLikelihood, sampleLatents } from '../../click-models/index.ts';
import { createRng } from '../../src/random/rng.ts';
import { chiSquareZ } from '../src/random/goodness-of-fit.ts';
import { exampleLists, exampleModels, patternIndex, patternsOf } from './example-models.ts';
import { modelOf } from './simulated-log.ts';

const [list] = exampleLists;
const sessions = 6000;

describe.each(exampleModels)('$title', ({ title, model }) => {
  const rng = createRng(`${title} latents`);
  const drawn = Array.from({ length: sessions }, () => sampleLatents(model, list, rng));
  const share = (of: (one: (typeof drawn)[number]) => number) => drawn.reduce((sum, one) => sum + of(one), 0) / sessions;
  const near = (got: number, p: number) => expect(Math.abs(got - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / sessions) + 1e-12);

  test('clicks come with the stated probabilities of patterns', () => {
    const patterns = patternsOf(list.attraction.length);
    const counts = new Float64Array(patterns.length);
    for (const { clicks } of drawn) counts[patternIndex(clicks)]++;
    expect(
      chiSquareZ(
        counts,
        patterns.map((clicks) => Math.exp(logLikelihood(model, list, clicks))),
      ),
    ).toBeLessThan(4.5);
  });

  test('as often examined as stated; nothing is clicked unexamined; documents attract as given', () => {
    const [examination, marginal] = [examinationMarginals(model, list), clickMarginals(model, list)];
    list.attraction.forEach((attraction, k) => {
      near(
        share(({ examined }) => examined[k]),
        examination[k],
      );
      near(
        share(({ clicks }) => clicks[k]),
        marginal[k],
      );
      if (model.documents.includes('attraction'))
        near(
          share(({ attracted }) => attracted[k]),
          isPager(model.definition, k) ? 0 : attraction,
        );
    });
    expect(drawn.every(({ clicks, examined }) => clicks.every((click, k) => click <= examined[k]))).toBe(true);
  });
});

test('dynamic Bayesian: of what is clicked as much satisfies as given, and after that nothing is examined', () => {
  const model = modelOf('dynamic-bayesian', 5, { continuation: 0.9 });
  const rng = createRng('satisfied');
  let [clicked, satisfied, goOn] = [0, 0, 0];
  for (let s = 0; s < sessions; s++) {
    const drawn = sampleLatents(model, list, rng);
    clicked += drawn.clicks[0];
    satisfied += drawn.satisfied[0];
    const at = drawn.satisfied.indexOf(1);
    if (at >= 0 && drawn.examined.subarray(at + 1).some((one) => one === 1)) goOn++;
  }
  expect(goOn).toBe(0);
  const p = list.satisfaction[0];
  expect(Math.abs(satisfied / clicked - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / clicked));
});

test('click chain: what is clicked satisfies as likely as it attracts', () => {
  const model = modelOf('click-chain', 5);
  const rng = createRng('chain');
  let [clicked, satisfied] = [0, 0];
  for (let s = 0; s < sessions; s++) {
    const drawn = sampleLatents(model, list, rng);
    clicked += drawn.clicks[0];
    satisfied += drawn.satisfied[0];
  }
  expect(Math.abs(satisfied / clicked - 0.9)).toBeLessThan(5 * Math.sqrt(0.09 / clicked));
});

test('entries for "next page" are no documents: they attract and satisfy nobody, clicked or not', () => {
  const rng = createRng('pager');
  for (const inner of ['position-based', 'dynamic-bayesian', 'random-click']) {
    const model = modelOf('pages', 5, { model: inner, pageSize: 2, pager: 'next', nextPage: 0.9 });
    let clicked = 0;
    for (let s = 0; s < 500; s++) {
      const { clicks, attracted, satisfied } = sampleLatents(model, list, rng);
      clicked += clicks[2];
      expect([attracted[2], satisfied[2]]).toEqual([0, 0]);
    }
    expect(clicked).toBeGreaterThan(50);
  }
});
