import type { SearchSession } from '../../../src/data/search-session.ts';
import { UsageError } from '../../../src/errors.ts';
import { goldMetrics, goldValues } from '../../../src/meta-evaluation/gold-metrics.ts';
import { intuitiveness } from '../../../src/meta-evaluation/intuitiveness.ts';
import { metricPower } from '../../../src/meta-evaluation/metric-power.ts';
import { scoreSessions } from '../../../src/meta-evaluation/scored-sessions.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';
import { rated, session, told } from './rated-sessions.ts';

const hit = (id: string, grade?: number) => ({ id, clicked: true, ...(grade === undefined ? {} : { grade }) });
const miss = (id: string) => ({ id, clicked: false });
const example: SearchSession = {
  id: 'e',
  satisfaction: 4,
  queries: [{ results: [miss('a'), miss('b')] }, { results: [hit('b', 2), miss('c'), hit('d')] }, { results: [hit('b', 2)] }],
};

test.each<[keyof typeof goldMetrics, number]>([
  ['satisfaction', 4],
  ['gain-found', 3 + 1], // b with grade 2, once; d without grade
  ['few-queries', -3],
  ['early-click', -2], // a and b are shown before b is clicked
  ['click-precision', 3 / 6],
])('gold %s', (name, value) => {
  expect(goldMetrics[name].of(example)).toBe(value);
  expect(goldMetrics[name].description).not.toBe('');
});

test('without results or clicks', () => {
  const empty = { id: 'e', queries: [{ results: [] }] };
  const skipped = { id: 's', queries: [{ results: [miss('a'), miss('b')] }] };
  const values = (one: SearchSession) => Object.values(goldMetrics).map(({ of }) => of(one));
  expect(values(empty)).toEqual([Number.NaN, 0, -1, -0, 0]);
  expect(values(skipped)).toEqual([Number.NaN, 0, -1, -2, 0]);
  expect(goldValues([example], 'gain-found + few-queries').map((column) => [...column])).toEqual([[4], [-3]]);
  expect(() => goldValues([example], 'gain-fuond')).toThrow('unknown gold metric "gain-fuond"; did you mean "gain-found"?');
});

test('of a good and a bad reading of satisfaction, the good one agrees with it more often, whatever their order', () => {
  const rng = createRng('intuitive');
  const ratings = Array.from({ length: 800 }, () => gaussian(rng));
  const [good, bad] = [0.4, 2].map((noise) => ratings.map((value) => value + noise * gaussian(rng)));
  const scored = scoreSessions(rated(ratings), [told('good', good), told('bad', bad)]);
  const [found] = intuitiveness(scored, ['satisfaction'], createRng('x'), 5000);
  expect(found).toMatchObject({ gold: 'satisfaction', metric: 'good', other: 'bad', pairs: 5000 });
  expect(found.metricAgrees).toBeGreaterThan(found.otherAgrees);
  expect(found.metricAgrees + found.otherAgrees).toBeCloseTo(1, 12); // no ties
  expect(found.p).toBeLessThan(0.001);
  const [turned] = intuitiveness(
    scoreSessions(rated(ratings), [told('bad', bad), told('good', good)]),
    ['satisfaction'],
    createRng('x'),
    5000,
  );
  expect([turned.metricAgrees, turned.otherAgrees, turned.p]).toEqual([found.otherAgrees, found.metricAgrees, found.p]);
});

test('few sessions: all pairs, each once; one test per gold and pair of metrics', () => {
  const ratings = Array.from({ length: 12 }, (_, i) => i % 4);
  const up = Array.from({ length: 12 }, (_, i) => i);
  const scored = scoreSessions(rated(ratings), [
    told('up', up),
    told(
      'down',
      up.map((v) => -v),
    ),
    told('rating', ratings),
  ]);
  const found = intuitiveness(scored, ['satisfaction', 'satisfaction+few-queries'], createRng('x'));
  expect(found).toHaveLength(2 * 3);
  expect(found[0]).toMatchObject({ metric: 'up', other: 'down', pairs: 66, disagreements: 66 });
  // of 66 pairs 3·4 = 12 tie in the rating and count for both; the others agree with exactly one
  expect(found[0].metricAgrees + found[0].otherAgrees).toBeCloseTo((66 + 12) / 66, 12);
  expect(() => intuitiveness(scored, ['satisfaction'], createRng('x'), 0)).toThrow('pairs must be');
});

test('drawn pairs are never a session with itself, and fall on all sessions alike', () => {
  const n = 300;
  const up = Array.from({ length: n }, (_, i) => i);
  const scored = scoreSessions(rated(up), [
    told('up', up),
    told(
      'down',
      up.map((v) => -v),
    ),
  ]);
  const [found] = intuitiveness(scored, ['satisfaction'], createRng('x'), 4000);
  expect(found).toMatchObject({ pairs: 4000, disagreements: 4000, metricAgrees: 1, otherAgrees: 0 }); // a pair of equals would be no disagreement
});

test('discriminative power over systems, paired by session id', () => {
  const rng = createRng('systems');
  const quality: Record<string, number> = { s: 0, t: 0, u: 2 };
  const systems = Object.keys(quality).map((name) => ({
    name,
    sessions: Array.from({ length: 30 }, (_, i) => session(`${i}`, undefined, { user: name })),
  }));
  const difficulty = Array.from({ length: 30 }, () => gaussian(rng));
  const noise = new Map(systems.map(({ name }) => [name, difficulty.map(() => gaussian(rng))]));
  const metric = {
    name: 'quality',
    compute: (sessions: readonly SearchSession[]) =>
      Float64Array.from(
        sessions,
        ({ id, user }) => difficulty[Number(id)] + quality[user as string] + 0.5 * (noise.get(user as string) as number[])[Number(id)],
      ),
  };
  const partly = {
    name: 'partly',
    compute: (sessions: readonly SearchSession[]) =>
      metric.compute(sessions).map((value, i) => (sessions[i].id === '3' && sessions[i].user === 't' ? Number.NaN : value)),
  };
  const [power, other] = metricPower(systems, [metric, partly], createRng('x'));
  expect(power).toMatchObject({ metric: 'quality', units: 30, share: 2 / 3, significant: 2 });
  expect(other.units).toBe(29);
  expect(metricPower(systems, [partly], createRng('x'), { undefinedRule: 'zero' })[0].units).toBe(30);
  // order in the file does not matter, sessions that one system lacks are left out
  const shuffled = systems.map((system, s) => (s === 1 ? { ...system, sessions: system.sessions.slice(5).reverse() } : system));
  expect(metricPower(shuffled, [metric], createRng('x'))[0]).toMatchObject({ units: 25, significant: 2 });
  expect(() => metricPower(systems.slice(1), [metric], createRng('x'))).not.toThrow();
  expect(() => metricPower(systems.slice(2), [metric], createRng('x'))).toThrow(UsageError);
  const few = systems.map((system) => ({ ...system, sessions: system.sessions.slice(0, 4) }));
  expect(() => metricPower(few, [metric], createRng('x'))).toThrow('only 4 search sessions');
  const twice = [...systems.slice(1), { name: 'v', sessions: [session('1', 1), session('1', 2)] }];
  expect(() => metricPower(twice, [metric], createRng('x'))).toThrow('system v has a search session id twice');
});
