import {
  clickMarginals,
  type clickModels,
  diagnoseClickModel,
  examinationMarginals,
  type FitOptions,
  fitClickModel,
  fitOptions,
  logLikelihood,
  scoreClickModel,
} from '../../click-models/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { patternsOf } from './example-models.ts';
import { modelOf, simulatedLog } from './simulated-log.ts';

const options = (given: Partial<FitOptions> = {}) => decodeOptions('fit', fitOptions, given) as FitOptions;
const attraction = Float64Array.of(0.9, 0.2, 0.6, 0.3, 0.5, 0.7);
const satisfaction = Float64Array.of(0.3, 0.9, 0.5, 0.1, 0.8, 0.4);
const take = (...places: number[]) => ({
  attraction: Float64Array.from(places, (i) => attraction[i] ?? 0.123),
  satisfaction: Float64Array.from(places, (i) => satisfaction[i] ?? 0.456),
});
const anywhere = take(0, 1, 2, 3, 4, 5);
const names: (keyof typeof clickModels)[] = [
  'position-based',
  'user-browsing',
  'cascade',
  'dynamic-bayesian',
  'mixture',
  'trust-bias',
  'grid',
];

test.each(names)('%s on one page is the model itself, whatever the pages are like', (model) => {
  for (const given of [{ pageSize: 6 }, { pageSize: 1000, nextPage: 0 }, { pageSize: 6, nextPage: [0.5, 0.2] }])
    for (const pattern of patternsOf(6))
      expect(logLikelihood(modelOf('pages', 6, { model, ...given }), anywhere, pattern)).toBeCloseTo(
        logLikelihood(modelOf(model, 6), anywhere, pattern),
        12,
      );
});

test.each(names.filter((name) => name !== 'user-browsing'))(
  '%s: P(examined) on page p is that of the model times ν_1 … ν_(p − 1), and of those pages anew where ranks are of the page',
  (model) => {
    const [whole, paged] = [modelOf(model, 6), modelOf('pages', 6, { model, pageSize: 2, nextPage: [0.4, 0.7] })];
    const share = [1, 1, 0.4, 0.4, 0.28, 0.28];
    const [own, expected] = [examinationMarginals(paged, anywhere), examinationMarginals(whole, anywhere)];
    for (let k = 0; k < 6; k++) expect(own[k]).toBeCloseTo(share[k] * expected[k], 14);
    if (model !== 'position-based') return;
    const anew = examinationMarginals(modelOf('pages', 6, { model, pageSize: 2, nextPage: [0.4, 0.7], ranks: 'page' }), anywhere);
    for (let k = 0; k < 6; k++) expect(anew[k]).toBeCloseTo(share[k] * expected[k % 2], 14);
  },
);

test.each(['cascade', 'dynamic-bayesian', 'click-chain', 'random-click'] as const)(
  '%s, logged: over all that "next page" may have been it is the model of which those clicks are not logged',
  (model) => {
    const given = { model, pageSize: 2, nextPage: [0.4, 0.7] };
    const [logged, unlogged] = [modelOf('pages', 8, { ...given, pager: 'next' }), modelOf('pages', 6, given)];
    for (const clicks of patternsOf(6)) {
      const sum = patternsOf(2).reduce((all, [first, second]) => {
        const full = Uint8Array.of(...clicks.slice(0, 2), first, ...clicks.slice(2, 4), second, ...clicks.slice(4));
        return all + Math.exp(logLikelihood(logged, take(0, 1, -1, 2, 3, -1, 4, 5), full));
      }, 0);
      expect(sum).toBeCloseTo(Math.exp(logLikelihood(unlogged, anywhere, clicks)), 14);
    }
    const onFirst = clickMarginals(logged, take(0, 1, -1));
    expect(onFirst[2]).toBeCloseTo(0.4 * examinationMarginals(modelOf(model, 3), take(0, 1, 2))[2], 14);
  },
);

test('a list may end with an entry, which has a ν of its own', () => {
  const { parameters, ...model } = modelOf('pages', 6, { model: 'random-click', pageSize: 2, pager: 'next', nextPage: [0.4, 0.7, 0.9] });
  expect([...parameters.nextPage]).toEqual([0.4, 0.7]);
  expect(clickMarginals({ parameters, ...model }, take(0, 1, -1, 2, 3, -1))[5]).toBeCloseTo(0.4 * 0.7, 14);
});

test('who did not click "next page" sees nothing below it: a list that ends there is as good', () => {
  const model = modelOf('pages', 6, { pageSize: 2, pager: 'next' });
  expect(logLikelihood(model, take(0, 1, -1, 2, 3), Uint8Array.of(1, 0, 0, 0, 0))).toBeCloseTo(
    logLikelihood(model, take(0, 1, -1), Uint8Array.of(1, 0, 0)),
    14,
  );
  expect(logLikelihood(model, take(0, 1, -1, 2, 3), Uint8Array.of(1, 0, 0, 1, 0))).toBe(-Infinity);
});

const curve = [0.9, 0.7, 0.6, 0.5, 0.4, 0.3];
test.each<[string, object, readonly string[]]>([
  ['dynamic Bayesian', { model: { name: 'dynamic-bayesian', continuation: 0.8 }, nextPage: 0.4 }, ['continuation', 'nextPage']],
  ['cascade', { model: 'cascade', nextPage: [0.6, 0.5] }, ['nextPage']],
  ['position-based', { model: { name: 'position-based', examination: curve }, nextPage: 0.5 }, ['nextPage']],
  [
    'position-based anew on each page',
    { model: { name: 'position-based', examination: [0.9, 0.6] }, ranks: 'page', nextPage: [0.5, 0.4] },
    ['nextPage'],
  ],
  ['user browsing by distance', { model: { name: 'user-browsing', by: 'distance', examination: curve }, nextPage: 0.5 }, ['nextPage']],
  ['dynamic Bayesian, logged', { pager: 'next', nextPage: [0.4, 0.6] }, ['continuation', 'nextPage']],
  ['position-based, logged', { model: { name: 'position-based', examination: curve }, pager: 'next', nextPage: 0.5 }, ['nextPage']],
])('%s: from 10⁶ sessions ν comes back within 2 %%, logged or not, and so does what the model has of its own', (_, given, tables) => {
  const model = modelOf('pages', 6, { pageSize: 2, ...given });
  const { fit } = simulatedLog(model, { sessions: 1e6, positions: 6, queries: 4, lists: 120 });
  const { nextPage = 0, ...rest } = given as { nextPage?: number | number[] };
  const start = modelOf('pages', 6, { pageSize: 2, ...rest, nextPage: typeof nextPage === 'number' ? 0.2 : [0.2, 0.2] });
  const { model: found, converged } = fitClickModel(start, fit, options({}));
  expect(converged).toBe(true);
  for (const table of tables)
    found.parameters[table].forEach((value, i) => {
      expect(Math.abs(value / model.parameters[table][i] - 1)).toBeLessThan(0.02);
    });
});

/** Lists of pages of two documents, all of one query, of which document 2 d + 1 of page 1 and so on stands for "next page" where ids say so. */
const docIds = ['a', 'b', 'next 1', 'c', 'd', 'next 2', 'e', 'f'];
function loggedLog(...rows: readonly (readonly [docs: readonly number[], clicks: readonly number[], count: number])[]) {
  const builder = new ClickLogBuilder();
  for (const [docs, clicks, count] of rows) builder.addRow(builder.addList(0, docs), clicks, count);
  return { log: builder.build(), documents: docIds.length, docIds };
}

test('logged, a cascade is counted: ν_p is the share of those that reach the end of page p without a click who click "next page"', () => {
  const log = loggedLog(
    [[0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 0, 0], 600],
    [[0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 0, 0, 0, 0, 0], 100],
    [[0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 0, 0, 1, 1, 0], 100],
    [[0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 1, 0, 0, 0, 0], 100],
    [[0, 1, 2, 3, 4, 5, 6, 7], [1, 0, 0, 0, 0, 0, 0, 0], 100],
  );
  const model = modelOf('pages', 8, { model: 'cascade', pageSize: 2, pager: 'next', nextPage: [0.5, 0.5] });
  for (const method of ['counting', 'em'] as const) {
    const { parameters } = fitClickModel(model, log, options({ method, prior: 'none' })).model;
    const shares = [300.5 / 901, 100.5 / 201]; // with the half of a draw that tables which documents share start from
    expect([...parameters.nextPage]).toEqual(shares.map((share) => expect.closeTo(share, 10)));
  }
});

describe('what a log tells of "next page"', () => {
  const of = (given: object, log: ReturnType<typeof loggedLog>) =>
    diagnoseClickModel(modelOf('pages', 8, { pageSize: 2, ...given }), log).tables.find(({ table }) => table === 'nextPage');

  test('unlogged: nothing without a click past the first page', () => {
    const first = loggedLog([[0, 1, 3, 4], [1, 1, 0, 0], 5]);
    expect(of({}, first)).toMatchObject({ identified: 'no', seen: 0, why: 'no session has a click past the first page' });
    const second = loggedLog([[0, 1, 3, 4], [1, 1, 0, 0], 5], [[1, 0, 4, 3], [0, 1, 1, 1], 1]);
    expect(of({}, second)).toMatchObject({ identified: 'yes', values: 1, seen: 1, why: '' });
    expect(of({ nextPage: [0.1, 0.1, 0.1] }, second)).toMatchObject({ values: 3, seen: 1, why: 'no session reaches 2 of its values' });
    expect(of({ model: { name: 'grid', columns: 2, pattern: 'f-shaped' } }, second)).toMatchObject({
      identified: 'no',
      why: 'nextPage and going on from a row that ends a page are told as a product',
    });
    expect(of({ model: { name: 'grid', columns: 2, pattern: 'f-shaped' }, pageSize: 5 }, second)?.why).not.toContain('product');
  });

  test('logged: wherever a list shows it, clicked or not; and it joins no ranks', () => {
    const pager = { pager: 'next', model: 'position-based' };
    expect(of(pager, loggedLog([[0, 1], [1, 0], 5]))).toMatchObject({ identified: 'no', why: 'no list shows an entry for "next page"' });
    const log = loggedLog([[0, 1, 2, 3], [1, 0, 0, 0], 5], [[1, 3, 2, 0], [1, 0, 1, 0], 5]);
    expect(of(pager, log)).toMatchObject({ identified: 'yes', seen: 1 });
    const { tables } = diagnoseClickModel(modelOf('pages', 4, { pageSize: 2, ...pager }), log);
    expect(tables[0]).toMatchObject({ table: 'examination', values: 4, seen: 3, identified: 'up-to-factor' });
  });

  test('logged: nothing below a "next page" that was not clicked, and one that was is the last click: distances end with a page', () => {
    const model = modelOf('pages', 8, { pageSize: 2, pager: 'next', model: { name: 'user-browsing', by: 'distance' } });
    const log = loggedLog([[0, 1, 2, 3, 4, 5, 6, 7], [1, 0, 0, 0, 0, 0, 0, 0], 5], [[3, 4, 2, 0, 1, 5, 6, 7], [0, 0, 1, 0, 1, 1, 0, 0], 5]);
    const why = 'its values are known relative to each other; no session reaches 6 of its values';
    expect(diagnoseClickModel(model, log).tables[0]).toMatchObject({ values: 8, seen: 2, identified: 'up-to-factor', why });
    const { draws } = fitClickModel(model, log, options());
    expect(Array.from(draws.examination, (n) => n > 0)).toEqual([true, true, ...Array(6).fill(false)]);
  });
});

test('a log whose entries for "next page" are missing or elsewhere is refused by all that takes it', () => {
  const model = modelOf('pages', 8, { pageSize: 2, pager: 'next' });
  for (const [docs, id, rank] of [
    [[0, 1, 3], 'c', 3],
    [[0, 2, 1], 'next 1', 2],
  ] as const) {
    const log = loggedLog([docs, [1, 0, 0], 1]);
    const message = `a list shows "${id}" at rank ${rank}, first in list 1 of those that differ; with pageSize 2 an entry whose id begins with "next" (pager) belongs at ranks 3, 6, …, and nowhere else`;
    expect(() => fitClickModel(model, log, options())).toThrow(message);
    expect(() => scoreClickModel(model, { attraction: new Float64Array(8), satisfaction: new Float64Array(8) }, log)).toThrow(message);
  }
});

test.each<[object, string]>([
  [{ pageSize: 0 }, 'pageSize'],
  [{ pageSize: 2.5 }, 'pageSize'],
  [{ nextPage: 1.5 }, 'nextPage'],
  [{ nextPage: [] }, 'nextPage'],
  [{ pager: '' }, 'pager'],
  [
    { pageSize: 2, nextPage: [0.3] },
    'nextPage gives 1 values, and lists of 6 positions go on to a next page 2 times; give one for all, or one each',
  ],
  [
    { model: 'user-browsing', ranks: 'page' },
    'user-browsing has a table by lastClick, which goes by ranks of the whole list; use ranks: list',
  ],
  [{ model: 'document-rank-ctr', ranks: 'page' }, 'document-rank-ctr has a table by documentRank'],
  [
    { model: 'grid', pager: 'next' },
    'grid goes by rows of the list, which entries for "next page" would shift; use ranks: page, or pager: null',
  ],
  [{ model: 'pages' }, 'model'],
])('%j is refused', (given, message) => {
  expect(() => modelOf('pages', 6, given)).toThrow(message);
});
