import {
  clickModel,
  diagnoseClickModel,
  type FitOptions,
  fitClickModel,
  fitOptions,
  logLikelihood,
  relativeTables,
} from '../../click-models/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';
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
        [0, 1],
      ],
      [
        [1, 0],
        [1, 1],
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

test('documents that move and are never clicked compare no ranks', () => {
  const rows = [
    [
      [0, 1, 2],
      [0, 1, 0],
    ],
    [
      [1, 0, 2],
      [1, 0, 0],
    ],
    [
      [0, 2, 1],
      [0, 0, 0],
    ],
  ] as const;
  // document 1 was clicked and stood at every rank; 0 and 2 moved as well, and nobody clicked them
  expect(of('position-based', logOf(...rows)).tables[0]).toMatchObject({ identified: 'up-to-factor', known: [true, true, true, false] });
  const apart = of('position-based', logOf(rows[0], [[2, 1, 0], [0, 0, 0]])); // biome-ignore format: a list and its clicks
  expect(apart.groups[2]).toBe(apart.groups[0]);
  expect(apart.tables[0]).toMatchObject({ identified: 'in-groups', known: [true, false, false, false] });
});

test('what users do after a click at a rank that nobody clicked is not known', () => {
  const { tables } = of(
    'dependent-click',
    logOf([[0, 1, 2, 3], [1, 1, 0, 0]], [[3, 2, 1, 0], [1, 0, 0, 0]], [[1, 3, 0, 2], [1, 0, 0, 1]]), // biome-ignore format: lists and their clicks
  );
  expect(tables[0]).toMatchObject({ seen: 2, known: [true, true, false, false], why: 'no session reaches 2 of its values' });
});

test.each(['position-based', 'user-browsing', 'dynamic-bayesian'] as const)(
  '%s: of one query with many documents and lists those are looked at that compare ranks',
  (name) => {
    // lists of documents of their own, but for one document in each of the last ten, at a rank each
    const rows = Array.from({ length: 300 }, (_, l) => {
      const docs = Array.from({ length: 10 }, (_, k) => (l >= 290 && k === l - 290 ? 0 : 1 + 10 * l + k));
      return [docs, docs.map((_, k) => Number(k === l % 10 || k === (7 * l) % 10))] as const;
    });
    const builder = new ClickLogBuilder();
    for (const [docs, clicks] of rows) builder.addRow(builder.addList(0, docs), clicks);
    // all in one component: a chain of lists that share their last documents
    for (let l = 1; l < 290; l++) builder.addRow(builder.addList(0, [1 + 10 * l, 2 + 10 * (l - 1)]), [1, 1]);
    builder.addRow(builder.addList(0, [1, 0]), [1, 1]);
    for (const [docs] of rows.slice(290)) builder.addRow(builder.addList(0, docs), new Array(10).fill(1));
    const { tables } = diagnoseClickModel(modelOf(name, 10), { log: builder.build(), documents: 3001 });
    expect(tables[0].identified).toBe(name === 'dynamic-bayesian' ? 'yes' : 'up-to-factor');
  },
);

test('what is drawn on from clicks alone is not told where no session has a second', () => {
  const once = logOf(
    [
      [0, 1, 2],
      [0, 1, 0],
    ],
    [
      [1, 2, 0],
      [1, 0, 0],
    ],
    [
      [2, 0, 1],
      [0, 0, 1],
    ],
  );
  expect(of('dependent-click', once).tables[0]).toMatchObject({ identified: 'no', why: 'no session goes on to a second click' });
  expect(of('dynamic-bayesian', once).tables[0]).toMatchObject({ table: 'continuation', identified: 'yes', why: '' }); // drawn after a skip as well
  const twice = logOf(
    [
      [0, 1, 2],
      [1, 1, 0],
    ],
    [
      [1, 2, 0],
      [1, 0, 0],
    ],
    [
      [2, 0, 1],
      [0, 0, 1],
    ],
  );
  expect(of('dependent-click', twice).tables[0]).toMatchObject({ identified: 'yes', seen: 2 });
});

/** A log with as many sessions of every pattern of clicks as the model foretells. */
function foretold(name: Parameters<typeof modelOf>[0], lists: readonly (readonly number[])[], options: object, documents: Shown) {
  const model = modelOf(name, lists[0].length, options);
  const builder = new ClickLogBuilder();
  for (const docs of lists) {
    const list = builder.addList(0, docs);
    const own = {
      attraction: Float64Array.from(docs, (d) => documents.attraction[d]),
      satisfaction: Float64Array.from(docs, (d) => documents.satisfaction[d]),
    };
    for (let pattern = 0; pattern < 2 ** docs.length; pattern++) {
      const clicks = docs.map((_, k) => (pattern >> k) & 1);
      const count = Math.round(1e9 * Math.exp(logLikelihood(model, own, Uint8Array.from(clicks))));
      if (count > 0) builder.addRow(list, clicks, count);
    }
  }
  return { log: builder.build(), documents: documents.attraction.length };
}
interface Shown {
  readonly attraction: Float64Array;
  readonly satisfaction: Float64Array;
}
const shown = { attraction: Float64Array.of(0.3, 0.6, 0.2, 0.5), satisfaction: Float64Array.of(0.4, 0.3, 0.6, 0.5) };
const rotated = [
  [0, 1, 2, 3],
  [1, 2, 3, 0],
  [2, 3, 0, 1],
  [3, 0, 1, 2],
];

test.each([
  ['of one list there are continuations that fit as well', rotated.slice(0, 1), 'no'],
  ['of lists in which documents move there is one', rotated, 'yes'],
] as const)('dynamic Bayesian: %s, as fits from two starts show', (_, lists, identified) => {
  const fit = foretold('dynamic-bayesian', lists, { continuation: 0.7 }, shown);
  expect(of('dynamic-bayesian', fit).tables[0].identified).toBe(identified);
  const options = decodeOptions('fit', fitOptions, { prior: 'none', tolerance: 0, iterations: 4000 }) as FitOptions;
  const [low, high] = [0.4, 0.95].map((continuation) => fitClickModel(modelOf('dynamic-bayesian', 4, { continuation }), fit, options));
  const apart = Math.abs(low.model.parameters.continuation[0] - high.model.parameters.continuation[0]);
  if (identified === 'yes') expect(apart).toBeLessThan(0.01);
  else expect(apart).toBeGreaterThan(0.05);
  expect(low.logLikelihood).toBeCloseTo(high.logLikelihood, 6);
});

test.each([4, 8, 12, 16])('dynamic Bayesian: the continuation of one fixed list of %i documents is not told', (length) => {
  const docs = Array.from({ length }, (_, d) => d);
  const builder = new ClickLogBuilder();
  const list = builder.addList(0, docs);
  for (const k of [0, 2])
    builder.addRow(
      list,
      docs.map((d) => Number(d === 1 || d === k)),
      5,
    );
  const fit = { log: builder.build(), documents: length };
  expect(diagnoseClickModel(modelOf('dynamic-bayesian', length), fit).tables[0]).toMatchObject({ table: 'continuation', identified: 'no' });
});

test('grids: the diagonal alone ties no row to another, and the way on from the last row is never taken', () => {
  const diagonal = logOf(
    [
      [0, 1, 2, 3],
      [1, 1, 0, 0],
    ],
    [
      [4, 5, 6, 0],
      [0, 0, 1, 1],
    ],
  ); // document 0 at row 1, column 1 and at row 2, column 2
  expect(of('grid', diagonal, { columns: 2 }).tables).toMatchObject([
    { table: 'rowExamined', identified: 'in-groups' },
    { table: 'columnExamined', identified: 'in-groups' },
  ]);
  const lists = logOf(...rotated.map((docs) => [docs, [1, 0, 0, 1]] as const));
  const { tables } = of('grid', lists, { columns: 2, pattern: 'f-shaped' });
  expect(tables).toMatchObject([
    { table: 'nextRow', values: 2, seen: 1, identified: 'yes', known: [true, false], why: 'no session reaches 1 of its values' },
    { table: 'nextColumn', identified: 'yes' },
  ]);
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
    expect(identifiedBy(both, still)).toEqual({ examination1: 'in-groups', examination2: 'in-groups', share1: 'no' });
  });
  test('no factor where a kind tells attraction itself, but between the tables of a product', () => {
    expect(identifiedBy(['position-based', 'dynamic-bayesian'], moved)).toMatchObject({ examination1: 'yes', continuation2: 'yes' });
    expect(identifiedBy(['position-based', 'dynamic-bayesian'], still)).toMatchObject({ examination1: 'in-groups' });
    expect(identifiedBy(['grid', 'dynamic-bayesian'], moved)).toMatchObject({
      rowExamined1: 'up-to-factor',
      columnExamined1: 'up-to-factor',
    });
  });
  test('no share of kinds that are the same', () => {
    expect(identifiedBy(['document-ctr', 'document-ctr'], moved)).toEqual({ share1: 'no' });
  });
  test('which of two kinds of one model is which', () => {
    const diagnosis = of('mixture', moved, kinds('dynamic-bayesian', 'cascade', 'dynamic-bayesian', 'position-based'));
    const swapped = diagnosis.tables.filter(({ why }) => why.includes('can change places')).map(({ table }) => table);
    const told = diagnosis.tables.filter(({ table, identified }) => identified !== 'no' && !['examination4'].includes(table));
    expect(swapped).toEqual(told.map(({ table }) => table));
    expect(swapped).toContain('share1');
    expect(diagnosis.confounded).toContain('kinds of one model can change places');
    const apart = of('mixture', moved, kinds('position-based', 'dynamic-bayesian'));
    expect([apart.confounded, ...apart.tables.filter(({ why }) => why.includes('places'))]).toEqual([null]);
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

/** Rank of a matrix, rows as given. */
function rankOf(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let rank = 0;
  for (let c = 0; c < rows[0].length; c++) {
    const best = rows.slice(rank).reduce((at, row, i) => (Math.abs(row[c]) > Math.abs(rows[rank + at][c]) ? i : at), 0);
    if (rank === rows.length || Math.abs(rows[rank + best][c]) < 1e-7) continue;
    [rows[rank], rows[rank + best]] = [rows[rank + best], rows[rank]];
    for (let r = rank + 1; r < rows.length; r++) {
      const factor = rows[r][c] / rows[rank][c];
      for (let k = c; k < rows[r].length; k++) rows[r][k] -= factor * rows[rank][k];
    }
    rank++;
  }
  return rank;
}

test.each([
  [[[4, 2, 0], [0, 1, 2]], true], // biome-ignore format: two lists
  [[[0, 1, 2]], false],
])('of short lists %j all patterns tell of a mixture, as far as the rank of their probabilities says', (lists, told) => {
  const model = modelOf('mixture', 3, { models: ['position-based', 'dynamic-bayesian'] });
  const builder = new ClickLogBuilder();
  const patterns = Array.from({ length: 8 }, (_, x) => Uint8Array.from([0, 1, 2], (k) => (x >> k) & 1));
  for (const docs of lists) for (const clicks of patterns) builder.addRow(builder.addList(0, docs), clicks);
  const rng = createRng('values');
  const at = Float64Array.from({ length: 15 }, () => 0.2 + 0.6 * rng.double()); // θ₁ … θ₃, γ, share, attraction, satisfaction
  const probabilities = (values: Float64Array) => {
    const tables = { examination1: values.slice(0, 3), continuation2: values.slice(3, 4), share1: values.slice(4, 5) };
    const own = clickModel(model.definition, tables, 3);
    return lists.flatMap((docs) => {
      const shown = {
        attraction: Float64Array.from(docs, (d) => values[5 + d]),
        satisfaction: Float64Array.from(docs, (d) => values[10 + d]),
      };
      return patterns.map((clicks) => Math.exp(logLikelihood(own, shown, clicks)));
    });
  };
  const slopes = Array.from(at, (_, i) => {
    const [up, down] = [1e-5, -1e-5].map((by) => probabilities(at.map((value, j) => (j === i ? value + by : value))));
    return up.map((p, row) => (p - down[row]) / 2e-5);
  }); // of each value a row
  expect(rankOf(slopes) === rankOf(slopes.slice(5)) + 5).toBe(told);
  const { tables } = diagnoseClickModel(model, { log: builder.build(), documents: 5 });
  expect(tables.every(({ identified }) => identified === 'yes')).toBe(told);
});
