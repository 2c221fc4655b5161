import { clickModels } from '../../click-models/index.ts';
import { type InterventionChoice, interventions, makeIntervention, simulateClickLog } from '../../simulators/index.ts';
import { shownLists } from '../../simulators/shown-lists.ts';
import { createRng } from '../../src/random/rng.ts';
import { chiSquareZ } from '../src/random/goodness-of-fit.ts';
import { smallQueries } from './small-queries.ts';

/** Every list of one query of documents 0, 1, … by score, as `policy: documents`, with its probability. */
function shown(choice: InterventionChoice, documents: number, listsPerQuery = 1): Map<string, number> {
  const scores = Float32Array.from({ length: documents }, (_, d) => -d);
  const intervention = makeIntervention(choice, documents);
  const policy = { scores, positions: documents, listsPerQuery, shuffled: true, intervention };
  const { lists, policies, weights } = shownLists(smallQueries(documents), policy, createRng('interventions'));
  return new Map(
    Array.from(weights, (weight, l) => [
      `${lists.keys.values[l] % policies}: ${lists.items.values.subarray(lists.offsets.values[l], lists.offsets.values[l + 1]).join('')}`,
      weight / listsPerQuery,
    ]),
  );
}
const evenly = (probability: number, ...lists: string[]) => new Map(lists.map((list) => [list, probability]));

test('rand-pair: rank 1 with every other, swapped or not, each as likely', () =>
  expect(shown({ name: 'rand-pair' }, 4)).toEqual(evenly(1 / 6, '2: 0123', '2: 1023', '3: 0123', '3: 2103', '4: 0123', '4: 3120')));

test('adjacent-swap: every two neighbours, swapped or not, each as likely', () =>
  expect(shown({ name: 'adjacent-swap' }, 4)).toEqual(evenly(1 / 6, '1: 0123', '1: 1023', '2: 0123', '2: 0213', '3: 0123', '3: 0132')));

test('fair-pairs: by the coin pairs from rank 1 or 2 on, each swapped or not by itself', () =>
  expect(shown({ name: 'fair-pairs' }, 4)).toEqual(
    new Map([...evenly(1 / 8, '1: 0123', '1: 1023', '1: 0132', '1: 1032'), ...evenly(1 / 4, '2: 0123', '2: 0213')]),
  ));

test('one draw of a shuffle shows every document as often at every rank, and one of many fair pairs either order of each', () => {
  const ranks = (choice: InterventionChoice, moved: number) => {
    const all = [...shown(choice, 6)].map(([list, probability]) => ({ docs: list.slice(3), probability }));
    for (let d = 0; d < moved; d++)
      for (let k = 0; k < moved; k++)
        expect(all.reduce((sum, { docs, probability }) => sum + (docs[k] === String(d) ? probability : 0), 0)).toBeCloseTo(1 / moved, 12);
  };
  ranks({ name: 'shuffle' }, 6);
  ranks({ name: 'top-n', n: 4 }, 4);
  const pairs = [...shown({ name: 'fair-pairs' }, 14)].filter(([list]) => list.startsWith('1'));
  expect(pairs.map(([list]) => list.slice(3, 5)).sort()).toEqual(['01', '10']);
});

test('fair-pairs of many pairs are drawn: either order of a pair in half of the sessions of its coin', () => {
  const lists = [...shown({ name: 'fair-pairs' }, 14, 4000)].map(([list, probability]) => ({
    coin: list[0],
    docs: list.slice(3),
    probability,
  }));
  const share = (coin: string, start: string) =>
    lists.reduce((sum, one) => sum + (one.coin === coin && one.docs.startsWith(start) ? one.probability : 0), 0);
  expect(share('1', '')).toBeCloseTo(0.5, 9);
  const [swapped, usual] = [share('1', '10'), share('1', '01')];
  expect(swapped + usual).toBeCloseTo(0.5, 9);
  expect(Math.abs(swapped - 0.25)).toBeLessThan(5 * 0.5 * Math.sqrt(0.25 / 4000));
  expect(share('2', '021')).toBeGreaterThan(0.2);
});

test('top-n: every order of the first n alike, the others as ranked (chi-square, 12,000 draws)', () => {
  const lists = shown({ name: 'top-n', n: 3 }, 5, 12_000);
  expect([...lists.keys()].sort()).toEqual(['0: 01234', '0: 02134', '0: 10234', '0: 12034', '0: 20134', '0: 21034']);
  const drawn = [...lists.values()].map((share) => Math.round(12_000 * share));
  expect(chiSquareZ(drawn, new Array(6).fill(1 / 6))).toBeLessThan(4.5);
});

test.each(Object.keys(interventions).filter((name) => name !== 'top-n'))('%s: a list of one document is shown as it is', (name) =>
  expect([...shown({ name } as InterventionChoice, 1).keys()].every((list) => list.endsWith(': 0'))).toBe(true),
);

test('lists of a log say which policy they are of; a log of one policy has no such column', () => {
  const simulation = {
    querySet: smallQueries(3, 2),
    scores: Float32Array.of(3, 2, 1, 2, 1),
    attraction: new Float64Array(5).fill(0.5),
    clickModel: clickModels['position-based'].create({ examination: [0.9, 0.5, 0.3], eta: 1 }, 3),
    sessions: 10_000,
    positions: 3,
    shuffled: true,
  };
  const draw = (choice: InterventionChoice) =>
    simulateClickLog({ ...simulation, intervention: makeIntervention(choice, 3) }, createRng('policies')).log;
  const { queries, policies, offsets, docs } = draw({ name: 'rand-pair' });
  const lists = Array.from(queries, (q, l) => `${q} ${policies?.[l]} ${docs.subarray(offsets[l], offsets[l + 1]).join('')}`);
  expect(lists.sort()).toEqual(['0 2 012', '0 2 102', '0 3 012', '0 3 210', '1 2 34', '1 2 43']);
  expect(draw({ name: 'shuffle' })).toEqual(simulateClickLog(simulation, createRng('policies')).log);
  expect(draw({ name: 'shuffle' }).policies).toBeUndefined();
});
