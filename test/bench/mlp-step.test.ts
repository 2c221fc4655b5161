import { openBackend } from '../../src/tensor/backend.ts';
import { trainingSteps } from './mlp-step.ts';

beforeAll(() => openBackend('wasm'));

test('both sides of the benchmark take the same steps: loss by loss, over several', () => {
  const { ours, stock, linear } = trainingSteps({ lists: 4, documents: 5, features: 6, hidden: [8, 4] });
  const losses = Array.from({ length: 6 }, () => [ours(), stock(), linear()]);
  for (const [our, their] of losses) expect(our).toBeCloseTo(their, 3);
  const [first, last] = [losses[0], losses[5]];
  for (const side of [0, 1, 2]) expect(last[side]).toBeLessThan(first[side]);
});
