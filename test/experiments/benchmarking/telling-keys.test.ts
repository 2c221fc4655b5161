import { tellingKeys } from '../../../experiments/benchmarking/telling-keys.ts';
import type { StoredRun } from '../../../experiments/records/stored-run.ts';

const run = (keys: Readonly<Record<string, string | number>>) =>
  ({ keys: new Map(Object.entries(keys)), methods: [{ keys: new Map([['estimator.label', 'ips']]) }] }) as unknown as StoredRun;

test('sessions come last, and what goes with them is left out', () => {
  const runs = ['cascade', 'position-based'].flatMap((name) =>
    [1000, 10_000].map((sessions) =>
      run({ 'simulation.sessions': sessions, 'simulation.validationSessions': sessions / 4, 'simulation.clickModel.name': name }),
    ),
  );
  expect(tellingKeys(runs)).toEqual(['simulation.clickModel.name', 'simulation.sessions']);
});

test('a name tells more than how what it names is trained', () => {
  const runs = ['linear', 'mlp'].map((name) => run({ 'training.l2': name === 'mlp' ? 0.1 : 0.2, 'ranker.name': name }));
  expect(tellingKeys(runs)).toEqual(['ranker.name']);
  const one = runs.map(({ keys }) => run({ ...Object.fromEntries(keys), 'simulation.clickModel.name': 'cascade' } as never));
  expect(tellingKeys(one)).toEqual(['simulation.clickModel.name', 'ranker.name']);
});
