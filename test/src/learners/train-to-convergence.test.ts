import type { Learner } from '../../../src/learners/train.ts';
import { trainToConvergence } from '../../../src/learners/train-to-convergence.ts';

const batches = (function* (): Generator<undefined, never> {
  while (true) yield undefined;
})();

/** Gradient descent on (x − 3)²/2 + floor from 0, whose loss falls by (1 − rate)² a step. */
function descent(rate: number, heldOut: (x: number) => number | null = () => null, floor = 5) {
  const parameter = new Float32Array(1);
  const learner: Learner<undefined> = {
    parameters: [parameter],
    step() {
      const loss = (parameter[0] - 3) ** 2 / 2 + floor;
      parameter[0] -= rate * (parameter[0] - 3);
      return loss;
    },
    heldOutLoss: () => heldOut(parameter[0]),
  };
  return { learner, parameter };
}

test('goes to the end whatever the held-out loss does, and keeps the last parameters', () => {
  const { learner, parameter } = descent(0.05, (x) => x); // the held-out loss rises from the first step on
  const { status, curve } = trainToConvergence(learner, batches, { steps: 1000, evaluateEvery: 5 }, 1);
  expect(status).toMatchObject({ state: 'converged', bestStep: status.steps, heldOutLoss: parameter[0] });
  expect(Math.abs(parameter[0] - 3)).toBeLessThan(0.02);
  expect(curve.at(-1)?.heldOutLoss).toBe(parameter[0]);
});

test.each([0, 1e6])('what counts as the end does not hang on the level of the loss (%d)', (floor) => {
  const { learner } = descent(0.05, undefined, floor);
  expect(trainToConvergence(learner, batches, { steps: 1000, evaluateEvery: 5 }, 1).status.steps).toBe(
    trainToConvergence(descent(0.05).learner, batches, { steps: 1000, evaluateEvery: 5 }, 1).status.steps,
  );
});

test('a learning rate that is too low is no convergence: the bound of ten times the steps is hit, and told', () => {
  const { learner, parameter } = descent(1e-5);
  const { status } = trainToConvergence(learner, batches, { steps: 100, evaluateEvery: 5 }, 1);
  expect(status).toMatchObject({ state: 'step-limit', steps: 1000, bestStep: 1000 });
  expect(status.message).toMatch(/not settled after 1000 steps.*allow more/);
  expect(parameter[0]).toBeLessThan(1);
});

test('a window is an epoch where that is longer than 20 steps', () => {
  const [short, long] = [1, 200].map((epoch) =>
    trainToConvergence(descent(0.05).learner, batches, { steps: 1000, evaluateEvery: 5 }, epoch),
  );
  expect(short.status.steps % 20).toBe(0);
  expect(long.status.steps).toBe(1000); // two windows between which it falls, and three that have settled
});

test('a loss on a fixed sample is not mistaken for the draw of batches, whose means are', () => {
  const noise = (step: number) => Math.sin(step ** 2); // larger than all that is gained
  const noisy = () => {
    const { learner, parameter } = descent(0.001, undefined, 0);
    let steps = 0;
    return { learner: { ...learner, step: (batch: undefined) => learner.step(batch) + noise(++steps) }, parameter };
  };
  const options = { steps: 10_000, evaluateEvery: 5 };
  const fixed = noisy();
  const { status } = trainToConvergence(fixed.learner, batches, options, 1, () => (fixed.parameter[0] - 3) ** 2 / 2);
  const drawn = noisy();
  trainToConvergence(drawn.learner, batches, options, 1);
  expect(status.state).toBe('converged');
  expect(Math.abs(fixed.parameter[0] - 3)).toBeLessThan(0.5);
  expect(Math.abs(drawn.parameter[0] - 3)).toBeGreaterThan(Math.abs(fixed.parameter[0] - 3));
});

test('where nothing can be learnt it ends; where the loss only rises it does not say that it converged', () => {
  const { learner } = descent(0);
  expect(trainToConvergence(learner, batches, { steps: 1000, evaluateEvery: 5 }, 1).status.steps).toBe(80);
  let loss = 0;
  const rising = { ...learner, step: () => ++loss };
  expect(trainToConvergence(rising, batches, { steps: 20, evaluateEvery: 5 }, 1).status.state).toBe('step-limit');
});

test('what diverged is not kept: the parameters of the evaluation before are', () => {
  const { learner, parameter } = descent(0);
  const diverging = {
    ...learner,
    step: () => {
      parameter[0] = parameter[0] < 12 ? parameter[0] + 1 : Number.NaN;
      return 1 / (1 + parameter[0]);
    },
  };
  const { status } = trainToConvergence(diverging, batches, { steps: 100, evaluateEvery: 5 }, 1);
  expect(status).toMatchObject({ state: 'diverged', steps: 15, bestStep: 10 });
  expect(status.message).toMatch(/lower the learning rate, .*; parameters of step 10 kept/);
  expect(parameter[0]).toBe(10);
});
