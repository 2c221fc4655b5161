import type { ListBatch } from '../../../src/learners/batches.ts';
import { type Learner, train } from '../../../src/learners/train.ts';
import type { TrainingOptions } from '../../../src/learners/training-options.ts';

const options: TrainingOptions = {
  steps: 100,
  batchLists: 'all',
  maximumGradientNorm: null,
  l2: 0,
  evaluateEvery: 1,
  patience: 5,
  tolerance: 0,
};
const nothing = {} as ListBatch;
const batches = (function* (): Generator<ListBatch, never> {
  while (true) yield nothing;
})();

/** A learner whose one parameter counts its steps, with a held-out loss that is a function of it. */
function counter(
  heldOut: (step: number) => number | null,
  extra: Partial<Learner> = {},
): Learner & { readonly parameters: readonly [Float32Array] } {
  const parameter = new Float32Array(1);
  return { parameters: [parameter], step: () => ++parameter[0], heldOutLoss: () => heldOut(parameter[0]), ...extra } as never;
}

test('stops when held-out loss has not improved for `patience` evaluations, and keeps the best parameters', () => {
  const learner = counter((step) => (step - 10) ** 2);
  const { status, curve } = train(learner, batches, options);
  expect(status).toMatchObject({ state: 'early-stopped', steps: 15, bestStep: 10 });
  expect(learner.parameters[0][0]).toBe(10);
  expect(curve.map(({ heldOutLoss }) => heldOutLoss)).toEqual(Array.from({ length: 15 }, (_, i) => (i - 9) ** 2));
});

test.each([
  { best: 2, stops: 12 }, // the minimum of 5 evaluations of 2 steps
  { best: 10, stops: 20 }, // both
  { best: 14, stops: 28 }, // twice the best step
])('patience that grows with the best step: best at $best, stops at $stops', ({ best, stops }) => {
  const learner = counter((step) => (step - best) ** 2);
  const { status } = train(learner, batches, { ...options, evaluateEvery: 2, patience: { minimum: 5, increase: 2 } });
  expect(status).toMatchObject({ state: 'early-stopped', steps: stops, bestStep: best });
  expect(status.message).toMatch(`no lower held-out loss for ${(stops - best) / 2} evaluations`);
});

test('converges when the held-out loss settles for three evaluations in a row', () => {
  expect(
    train(
      counter((step) => 1 + 1 / step),
      batches,
      { ...options, tolerance: 0.01 },
    ).status,
  ).toMatchObject({ state: 'converged', steps: 13 });
});

test('evaluations that barely move count only in a row: a jump between them starts the count anew', () => {
  const losses = [9, 9, 9, 5, 5, 5, 3, 3, 3, 3]; // two that barely move, a jump, two, a jump, three
  const { status } = train(
    counter((step) => losses[step]),
    batches,
    { ...options, patience: 50, tolerance: 0.01, steps: 9 },
  );
  expect(status).toMatchObject({ state: 'converged', steps: 9 });
});

test('without held-out clicks all steps are taken and the last parameters kept', () => {
  const learner = counter(() => null);
  const { status } = train(learner, batches, { ...options, steps: 7, evaluateEvery: 3 });
  expect(status).toEqual({ state: 'step-limit', message: 'all 7 steps taken', steps: 7, bestStep: 7, heldOutLoss: null });
  expect(learner.parameters[0][0]).toBe(7);
});

test('drift since the best parameters is what training ended with, and is said', () => {
  const learner = counter((step) => (step <= 5 ? 10 - step : step), {
    drift: (best) => (best && learner.parameters[0][0] - best[0][0] > 4 ? 'ran away' : null),
  });
  const { status } = train(learner, batches, options);
  expect(status).toMatchObject({ state: 'propensities-drifted', steps: 10, bestStep: 5 });
  expect(status.message).toMatch(/ran away at step 10.*step 5 kept/);
});

test('drift beyond all bounds ends training at once', () => {
  const learner = counter((step) => -step, { drift: () => (learner.parameters[0][0] > 30 ? 'out of bounds' : null) });
  expect(train(learner, batches, options).status).toMatchObject({ state: 'propensities-drifted', steps: 31 });
});

test('a loss that is not a number ends training with a way out', () => {
  const { status, curve } = train(
    counter(() => 1, { step: () => Number.NaN }),
    batches,
    options,
  );
  expect(curve).toEqual([]); // no point that cannot be drawn
  expect(status.state).toBe('diverged');
  expect(status.message).toMatch(/before anything was learnt: look for extreme features .*, counts or weights, or lower the learning rate/);
});

test('without held-out clicks, parameters that diverged are not kept: those of the last evaluation before are', () => {
  const learner = counter(() => null, {
    step: () => {
      learner.parameters[0][0] = learner.parameters[0][0] < 6 ? learner.parameters[0][0] + 1 : Number.NaN;
      return 1; // the loss before the step is still a number
    },
  });
  const { status } = train(learner, batches, { ...options, evaluateEvery: 2 });
  expect(status).toMatchObject({ state: 'diverged', steps: 8, bestStep: 6 });
  expect(status.message).toMatch(/diverged.*at step 8: lower the learning rate, .*; parameters of step 6 kept$/);
  expect(learner.parameters[0][0]).toBe(6);
});

test('with held-out clicks and no patience all steps are taken, whatever the loss does, and the last parameters kept', () => {
  const learner = counter((step) => (step < 5 ? 1 : step));
  const { status } = train(learner, batches, { ...options, steps: 8, patience: null, tolerance: 1 });
  expect(status).toEqual({ state: 'step-limit', message: 'all 8 steps taken', steps: 8, bestStep: 8, heldOutLoss: 8 });
  expect(learner.parameters[0][0]).toBe(8);
});

test('where no step is better than the start, the start is put back and said to be the best', () => {
  const learner = counter((step) => 1 + step);
  const { status } = train(learner, batches, options);
  const message = 'no lower held-out loss for 5 evaluations; parameters of step 0 kept, where the held-out loss was lowest';
  expect(status).toEqual({ state: 'early-stopped', message, steps: 5, bestStep: 0, heldOutLoss: 1 });
  expect(learner.parameters[0][0]).toBe(0);
});

test('a loss that stays as it is settles, and its first parameters are the best', () => {
  const kept = '; parameters of step 0 kept, where the held-out loss was lowest';
  const { status } = train(
    counter(() => 7),
    batches,
    options,
  );
  expect(status).toEqual({ state: 'converged', message: `held-out loss settled at step 3${kept}`, steps: 3, bestStep: 0, heldOutLoss: 7 });
});

test('the tolerance is relative to the loss', () => {
  const run = (level: number) =>
    train(
      counter((step) => level * (1 - 0.005 * step)),
      batches,
      { ...options, tolerance: 0.01, steps: 5 },
    ).status.state;
  expect([run(1000), run(0.001)]).toEqual(['converged', 'converged']);
});

test.each([
  ['the first', 1, 'so it was before anything was learnt'],
  ['a later', 3, 'lower the learning rate'],
])('what to do about a loss that is no number at %s step', (_, first, words) => {
  let step = 0;
  const learner = counter(() => null, { step: () => (++step >= first ? Number.NaN : 1) });
  const { status } = train(learner, batches, { ...options, evaluateEvery: 1 });
  expect(status.message).toMatch(`training diverged (loss NaN) at step ${first}: ${words}`);
});

test.each([
  ['one of many', [Float32Array.of(1, Number.NaN), Float32Array.of(2)]],
  ['those of one table', [Float32Array.of(1), Float32Array.of(Number.POSITIVE_INFINITY)]],
])('parameters that are no numbers end training: %s', (_, parameters) => {
  const { status } = train(
    counter(() => null, { parameters, step: () => 1 }),
    batches,
    options,
  );
  expect(status).toMatchObject({ state: 'diverged', steps: 1, message: expect.stringMatching(/^training diverged/) });
});

test('a curve has no point where a loss is infinite', () => {
  const { curve } = train(
    counter((step) => (step === 2 ? Number.POSITIVE_INFINITY : 1 / step)),
    batches,
    { ...options, steps: 3 },
  );
  expect(curve.map(({ step }) => step)).toEqual([1, 3]);
});
