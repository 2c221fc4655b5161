import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from './counterrank.ts';

const folder = temporaryFolder();

test('without a name every kind, with that of a kind the kind alone', async () => {
  const all = await counterrank('list');
  const kind = await counterrank('list', 'weightings');
  expect(kind.out).toMatch(/^Weightings \(weighting of an estimator\)\n {2}naive +\S/);
  expect(all.out).toContain(kind.out.trimEnd());
  expect(all.out).toMatch(/^Interventions of randomised sessions \(simulation\.intervention\)$/m);
});

test('of a method all there is to know, of each kind that has one of the name', async () => {
  const { code, out } = await counterrank('list', 'clipped-ips');
  expect(code).toBe(0);
  expect(out.match(/^# clipped-ips$/gm)).toHaveLength(4); // an estimator, a weighting, a recommender from clicks and one from values
  expect(out).toContain('γ̂ = c / max(θ_rank, τ)');
  expect(out).toMatch(/^\| `clip` \| `0\.2` \| number in \[0, 1\]; or root-n \|/m);
});

test('a method of a plugin has what its entry says', async () => {
  const plugin = folder.put(
    'own.mjs',
    `import { optional, positive, strictObject } from 'counterrank';
export const losses = { mine: { description: 'own loss', options: strictObject({ power: optional(positive(), 2) }), create: () => ({ value: () => 0 }) } };\n`,
  );
  const { code, out, err } = await counterrank('list', 'mine', '--plugin', plugin);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^# mine\nLosses \(training\.loss\)\n\nOwn loss\.\n/);
  expect(out).toContain('| `power` | `2` | number above 0 |  |');
});

test('what is neither is told with the kinds, and what it may have meant', async () => {
  const { code, err } = await counterrank('list', 'dual-lerning');
  expect(code).toBe(2);
  expect(err).toMatch(/^error: no method and no kind is called "dual-lerning"; did you mean "dual-learning"\? kinds: tasks, estimators, /);
});
