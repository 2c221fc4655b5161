import { holds, parseCondition, valueIn } from '../../../experiments/sweep/conditions.ts';
import { UsageError } from '../../../src/errors.ts';

const layer = { estimator: 'ips', seed: 3, ranker: { name: 'mlp', hidden: [4, 2] }, simulation: { sessions: 1e6, path: null } };
const defaults = { training: { steps: 300 } };

test.each([
  ['estimator=ips', true],
  ['estimator.name=ips', true],
  ['estimator=naive,ips', true],
  ['estimator!=naive', true],
  ['estimator!=naive,ips', false],
  ['ranker=mlp', true],
  ['ranker.hidden=[4, 2]', true],
  ['seed=3', true],
  ['seed="3"', true],
  ['seed=1..5', true],
  ['seed>3', false],
  ['seed >= 3', true],
  ['simulation.sessions<=1e6', true],
  ['simulation.sessions<1e6', false],
  ['simulation.path=null', true],
  ['training.steps=300', true],
  ['estimator=ips and seed<3', false],
  ['estimator=ips and seed<4 and ranker=mlp', true],
  ['nothing=1', false],
  ['nothing!=1', false],
])('%s: %s', (text, expected) => {
  expect(holds(parseCondition(text), valueIn(layer, defaults))).toBe(expected);
});

test.each(['estimator', 'a=', '=b', 'a=1 and b', 'a>x', 'a>1,2'])('%s is no condition', (text) => {
  expect(() => parseCondition(text)).toThrow(UsageError);
});
