import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeOptions } from 'counterrank';
import { study } from 'counterrank/experiments';
import { estimators } from './my-method.js';

const { options, create } = estimators['my-method'];

test('options have their defaults and are checked', () => {
  assert.deepEqual(decodeOptions('my-method', options, {}), { power: 1 });
  assert.throws(() => decodeOptions('my-method', options, { power: -1 }), /power/);
});

test('where examination falls as 1/rank it learns what IPS learns that is told so', async () => {
  const world = await study('my-method')
    .data({ synthetic: { trainQueries: 30, validationQueries: 10, testQueries: 20, features: 4 } })
    .simulation({ sessions: 1e4, validationSessions: 1e3, clickModel: { name: 'position-based', examination: 'inverse-rank' } })
    .training({ steps: 30 })
    .evaluation({ metrics: ['ndcg@10'], searchSessions: null })
    .simulate(1);
  const told = world.learn({ name: 'ips', propensity: 'oracle' });
  const guessed = world.learn(create({ power: 1 }));
  assert.deepEqual(guessed.rank(world.splits.test), told.rank(world.splits.test));
  assert.deepEqual(
    guessed.examination,
    Float64Array.from({ length: 10 }, (_, k) => 1 / (k + 1)),
  );
  assert.notDeepEqual(guessed.rank(world.splits.test), world.learn('naive').rank(world.splits.test));
});
