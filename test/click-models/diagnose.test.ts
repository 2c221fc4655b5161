import { diagnoseClickModel } from '../../click-models/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { modelOf } from './simulated-log.ts';

/** A log of lists, the clicks of one session each. */
function logOf(...lists: readonly (readonly [docs: readonly number[], clicks: readonly number[]])[]) {
  const builder = new ClickLogBuilder();
  for (const [docs, clicks] of lists) builder.addRow(builder.addList(0, docs), clicks);
  return { log: builder.build(), documents: 10 };
}
const of = (name: Parameters<typeof modelOf>[0], fit: ReturnType<typeof logOf>, options = {}) =>
  diagnoseClickModel(modelOf(name, 4, options), fit);

test('documents that change ranks make propensities comparable', () => {
  const { tables, groups, mostClicks } = of(
    'position-based',
    logOf(
      [
        [0, 1, 2, 3],
        [1, 0, 1, 0],
      ],
      [
        [3, 2, 1, 0],
        [0, 0, 0, 0],
      ],
      [
        [1, 0, 3, 2],
        [0, 0, 0, 0],
      ],
    ),
  );
  expect([...groups]).toEqual([0, 0, 0, 0]);
  expect(mostClicks).toBe(2);
  expect(tables).toEqual([
    { table: 'examination', values: 4, seen: 4, identified: 'up-to-factor', why: expect.stringContaining('relative') },
  ]);
});

test('documents that stay where they are do not', () => {
  const { tables, groups, documentsOnce } = of(
    'position-based',
    logOf(
      [
        [0, 1, 2, 3],
        [1, 0, 1, 0],
      ],
      [
        [1, 0, 3, 2],
        [0, 0, 0, 0],
      ],
      [
        [4, 5],
        [0, 0],
      ],
    ),
  );
  expect([...groups]).toEqual([0, 0, 1, 1]);
  expect(tables[0].identified).toBe('in-groups');
  expect(tables[0].why).toContain('2 groups');
  expect(documentsOnce).toBeCloseTo(2 / 6, 12);
});

test('user browsing: the groups are of rank and last click, and cells that no session reaches are counted', () => {
  const { tables } = of(
    'user-browsing',
    logOf(
      [
        [0, 1],
        [0, 0],
      ],
      [
        [1, 0],
        [1, 0],
      ],
    ),
  );
  // reached: (1, none), (2, none), (2, 1); document 0 at the first and the last, 1 at the second and the first
  expect(tables[0]).toMatchObject({ values: 10, seen: 3, identified: 'up-to-factor' });
  const apart = of(
    'user-browsing',
    logOf(
      [
        [0, 1],
        [0, 0],
      ],
      [
        [2, 3],
        [1, 0],
      ],
    ),
  );
  expect(apart.tables[0]).toMatchObject({ seen: 3, identified: 'in-groups' });
});

test('what follows a click is not told where no session has a second', () => {
  const once = of(
    'dynamic-bayesian',
    logOf(
      [
        [0, 1],
        [0, 1],
      ],
      [
        [1, 0],
        [1, 0],
      ],
    ),
  );
  expect(once.tables[0]).toMatchObject({ table: 'continuation', identified: 'no', why: 'no session goes on to a second click' });
  expect(
    of(
      'dynamic-bayesian',
      logOf([
        [0, 1],
        [1, 1],
      ]),
    ).tables[0].identified,
  ).toBe('yes');
});

test('trust bias: α and β, and not what they are made of', () => {
  const { tables, confounded } = of(
    'trust-bias',
    logOf([
      [0, 1],
      [1, 1],
    ]),
  );
  expect(confounded).toContain('α = θ(ε⁺ − ε⁻)');
  expect(tables.every(({ identified }) => identified === 'no')).toBe(true);
});

test('without a click nothing is told', () => {
  expect(
    of(
      'click-chain',
      logOf([
        [0, 1],
        [0, 0],
      ]),
    ).tables.map(({ identified }) => identified),
  ).toEqual(['no', 'no', 'no']);
});
