import { decodeStudy } from '../../../experiments/catalogue/read-study.ts';
import { taskBackend } from '../../../experiments/engine/task-backend.ts';

const opened = async (asked: object, choice?: 'auto' | 'cpu') => {
  const { task, config } = decodeStudy({ name: 'asked', ...asked }, 'asked');
  return (await taskBackend(task, config, choice))?.name ?? null;
};
const feedback = { task: 'implicit-feedback', world: { name: 'synthetic', users: 20, items: 20 } };

test('a backend is opened where networks are trained, or where one is asked for', async () => {
  expect(await opened({ ranker: 'linear' })).toBeNull();
  expect(await opened({ ranker: 'linear' }, 'cpu')).toBe('cpu');
  expect(await opened({ ranker: 'linear', backend: 'cpu' })).toBe('cpu');
  expect(await opened({ ranker: 'mlp' })).not.toBeNull();
  expect(await opened(feedback)).toBeNull();
  expect(
    await opened({
      ...feedback,
      estimators: ['ips', { name: 'ips', label: 'net', model: 'feature-mlp' }],
      evaluation: { metrics: ['log-loss'] },
    }),
  ).not.toBeNull();
});
