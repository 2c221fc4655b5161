import { clickModel, diagnoseClickModel, logLikelihood, relativeTables } from '../../click-models/index.ts';
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
    {
      ...{ table: 'examination', values: 4, seen: 4, identified: 'up-to-factor', why: expect.stringContaining('relative') },
      known: [true, true, true, true],
    },
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
  expect(tables[0].known).toEqual([true, true, false, false]);
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

const kinds = (...names: readonly string[]) => ({ models: names.map((name) => ({ name, weight: 1 })) });
const identifiedBy = (names: readonly string[], fit: ReturnType<typeof logOf>) =>
  Object.fromEntries(of('mixture', fit, kinds(...names)).tables.map(({ table, identified }) => [table, identified]));

describe('mixtures tell no more than their kinds together', () => {
  const moved = logOf(
    [
      [0, 1, 2, 3],
      [1, 0, 1, 0],
    ],
    [
      [1, 2, 3, 0],
      [0, 0, 0, 1],
    ],
    [
      [3, 2, 1, 0],
      [0, 1, 1, 0],
    ],
    [
      [2, 3, 0, 1],
      [1, 1, 1, 1],
    ],
  );
  const still = logOf([
    [0, 1, 2, 3],
    [1, 1, 1, 0],
  ]);
  test('one factor where no kind tells attraction itself, in groups where documents stay where they are', () => {
    for (const other of ['user-browsing', 'trust-bias', 'rank-ctr'])
      expect(identifiedBy(['position-based', other], moved).examination1).toBe('up-to-factor');
    const both = ['position-based', 'user-browsing'];
    expect(identifiedBy(both, moved)).toEqual({ examination1: 'up-to-factor', examination2: 'up-to-factor', share1: 'yes' });
    expect(identifiedBy(both, still)).toEqual({ examination1: 'in-groups', examination2: 'in-groups', share1: 'yes' });
  });
  test('no factor where a kind tells attraction itself, but between the tables of a product', () => {
    expect(identifiedBy(['position-based', 'dynamic-bayesian'], moved)).toMatchObject({ examination1: 'yes', continuation2: 'yes' });
    expect(identifiedBy(['position-based', 'dynamic-bayesian'], still)).toMatchObject({ examination1: 'in-groups' });
    expect(identifiedBy(['grid', 'dynamic-bayesian'], moved)).toMatchObject({
      rowExamined1: 'up-to-factor',
      columnExamined1: 'up-to-factor',
    });
  });
  test('what a kind does not tell apart', () => {
    const untold = { examination1: 'no', relevant1: 'no', irrelevant1: 'no' };
    expect(identifiedBy(['trust-bias', 'dynamic-bayesian'], moved)).toMatchObject({ ...untold, continuation2: 'yes' });
  });
});

test.each([
  [
    ['position-based', 'user-browsing'],
    ['examination1', 'examination2'],
  ],
  [
    ['grid', 'position-based'],
    ['columnExamined1', 'examination2'],
  ],
  [
    ['grid', 'position-based'],
    ['rowExamined1', 'examination2'],
  ],
])('%j: clicks are as likely with %j times c and attraction by c, and relative tables are the same', (names, multiplied) => {
  const model = modelOf('mixture', 4, { ...kinds(...names) });
  const c = 0.8;
  const parameters = Object.fromEntries(
    Object.entries(model.parameters).map(([name, values]) => [name, multiplied.includes(name) ? values.map((p) => p * c) : values]),
  );
  const other = clickModel(model.definition, parameters, 4);
  const attraction = Float64Array.of(0.1, 0.7, 0.4, 0.3);
  for (let pattern = 0; pattern < 16; pattern++) {
    const clicks = Uint8Array.from({ length: 4 }, (_, k) => (pattern >> k) & 1);
    const likelihood = logLikelihood(model, { attraction }, clicks);
    expect(logLikelihood(other, { attraction: attraction.map((a) => a / c) }, clicks)).toBeCloseTo(likelihood, 12);
  }
  const before = relativeTables(model.definition, model.parameters);
  for (const [name, values] of Object.entries(relativeTables(model.definition, parameters)))
    expect([...values]).toEqual(Array.from(before[name], (value) => expect.closeTo(value, 12)));
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
