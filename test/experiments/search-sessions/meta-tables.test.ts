import { drawSvg } from '../../../experiments/charts/draw-svg.ts';
import { agreementPicture } from '../../../experiments/search-sessions/agreement-picture.ts';
import { matrixPicture } from '../../../experiments/search-sessions/matrix-picture.ts';
import { metaLatex } from '../../../experiments/search-sessions/meta-latex.ts';
import { metaPage } from '../../../experiments/search-sessions/meta-page.ts';
import { metaRows } from '../../../experiments/search-sessions/meta-rows.ts';
import { metaTables } from '../../../experiments/search-sessions/meta-tables.ts';
import { satisfactionPicture } from '../../../experiments/search-sessions/satisfaction-picture.ts';
import { sensitivityPicture } from '../../../experiments/search-sessions/sensitivity-picture.ts';
import { type MetaEvaluation, metaEvaluate } from '../../../src/meta-evaluation/index.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';
import { rated, told } from '../../src/meta-evaluation/rated-sessions.ts';

const rng = createRng('meta tables');
const ratings = Array.from({ length: 60 }, () => Math.round(3 + gaussian(rng)));
const good = ratings.map((value) => value + 0.3 * gaussian(rng));
const columns = {
  good: told('good', good),
  'bad <&>': told(
    'bad <&>',
    ratings.map(() => gaussian(rng)),
  ),
  flat: told('flat', new Array(60).fill(1)),
};
const tune = {
  metric: columns['bad <&>'],
  grid: {
    varied: ['L'],
    points: [10, 1000].map((L) => ({
      column: told(
        `m(L=${L})`,
        good.map((value) => value + gaussian(rng)),
      ),
      options: { L: String(L) },
    })),
  },
};
const evaluate = (changes: Partial<Parameters<typeof metaEvaluate>[0]> = {}): MetaEvaluation =>
  metaEvaluate({ sessions: rated(ratings), metrics: Object.values(columns), resamples: 60, tuning: tune, ...changes }, createRng('x'));
const result = evaluate();
const table = (title: string, of = result) => metaTables(of).find((one) => one.title.startsWith(title));

test('agreement: value and interval, a constant metric is called so', () => {
  const { rows, note } = table('Agreement') as NonNullable<ReturnType<typeof table>>;
  expect(rows.map(([metric]) => metric)).toEqual(['good', 'bad <&>', 'flat']);
  const { estimate } = result.agreement[0];
  expect(rows[0][1]).toBe(`${estimate.value.toFixed(3)} [${estimate.lower.toFixed(3)}, ${estimate.upper.toFixed(3)}]`);
  expect(rows[2].slice(1, 4)).toEqual(['constant', 'constant', 'constant']);
  expect(note).toMatch(/^60 search sessions; 95 % bootstrap/);
});

test('differences leave the baseline out, have the sign of the difference, and are not there without a baseline', () => {
  const { rows, title } = table('Difference') as NonNullable<ReturnType<typeof table>>;
  expect(title).toBe('Difference from good');
  expect(rows.map(([metric]) => metric)).toEqual(['bad <&>', 'flat']);
  expect(rows[0][1]).toMatch(/^−\d\.\d{3} p[=<]\d\.\d{3} \*$/);
  expect(rows[1].slice(1)).toEqual(['–', '–', '–']);
  const without = evaluate({ baseline: null, tuning: null });
  expect(metaTables(without).map((one) => one.title)).toEqual(['Agreement with satisfaction']);
});

test('intuitiveness is the metric first, the baseline second, whichever came first in the list', () => {
  const forward = table('Intuitiveness')?.rows.find(([metric]) => metric === 'bad <&>');
  const backward = table('Intuitiveness', evaluate({ baseline: 'bad <&>' }))?.rows.find(([metric]) => metric === 'good');
  const [[own, other], [theirs, ours]] = [forward, backward].map((row) => (row?.[1] ?? '').replace(' *', '').split(' / ').map(Number));
  expect([own, other]).toEqual([ours, theirs]);
  expect(other).toBeGreaterThan(own);
  expect(table('Intuitiveness')?.rows.find(([metric]) => metric === 'flat')?.[1]).toBe('no disagreement');
});

test('a gold metric that does not vary says nothing: no 1.00 / 1.00; beside another it changes nothing', () => {
  const cell = (gold: string) => table('Intuitiveness', evaluate({ golds: [gold] }))?.rows.find(([metric]) => metric === 'bad <&>')?.[1];
  expect(cell('few-queries')).toBe('– / –'); // every search session has one query
  expect(cell('few-queries+satisfaction')).toBe(cell('satisfaction'));
});

test('tuning says what was chosen where, and what it gains', () => {
  const rows = table('Tuning')?.rows ?? [];
  expect(rows.map(([what]) => what)).toEqual(['chosen', 'untuned', 'gain']);
  expect(['m(L=10)', 'm(L=1000)']).toContain(rows[0][1]);
  expect(rows[2][2]).toMatch(/p[=<]\d/);
});

test('rows for CSV: one per metric and coefficient', () => {
  const rows = [...metaRows(result)];
  expect(rows.map(([metric, name]) => `${metric} ${name}`)).toEqual(
    ['good', 'bad <&>', 'flat'].flatMap((metric) => ['pearson', 'spearman', 'kendall'].map((name) => `${metric} ${name}`)),
  );
  expect(rows[0].slice(5, 8)).toEqual([60, 'good', null]);
});

test('pictures say in words what they show', () => {
  expect(agreementPicture(result, 'spearman').alt).toMatch(/^Spearman's ρ with satisfaction by metric: good 0\.\d{3}; bad <&> -?0\.\d{3}$/); // no flat one
  const boxes = satisfactionPicture('good', result.scored.values[0], result.scored.satisfaction)?.alt;
  const middle = ratings.flatMap((value, i) => (value === 3 ? [good[i]] : []));
  expect(boxes).toContain(`3: ${(middle.reduce((sum, value) => sum + value) / middle.length).toPrecision(3)} (${middle.length})`);
  expect(matrixPicture(result).alt).toMatch(/flat with good undefined$/);
  expect(sensitivityPicture(result.tuning as NonNullable<typeof result.tuning>)?.alt).toMatch(/tuning half by L: from m\(L=10\)/);
  const words = { ...(result.tuning as NonNullable<typeof result.tuning>), varied: ['convention'] };
  expect(sensitivityPicture({ ...words, grid: words.grid.map((point) => ({ ...point, options: { convention: 'jarvelin' } })) })).toBeNull();
});

test('continuous satisfaction is cut into tenths that hold every session once', () => {
  const picture = satisfactionPicture(
    'good',
    result.scored.values[0],
    Float64Array.from(ratings, (value, i) => value + i / 100),
  );
  const sizes = [...(picture?.alt ?? '').matchAll(/\((\d+)\)/g)].map(([, n]) => Number(n));
  expect(sizes).toHaveLength(10);
  expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(60);
});

test('LaTeX: every metric with its correlations, a dagger where one is below the baseline, words escaped', () => {
  const whole = metaLatex(result).split('\n');
  const caption = whole.find((line) => line.startsWith('\\caption'));
  const latex = whole.slice(whole.findIndex((line) => line.startsWith('\\begin{tabular}')));
  expect(latex[0]).toBe('\\begin{tabular}{lrrr}');
  expect(latex[2]).toBe('metric & $r$ & $\\rho$ & $\\tau_b$ \\\\');
  const number = (value: number) => value.toFixed(3).replace('-', '$-$');
  const [r] = result.agreement.map(({ estimate }) => estimate);
  expect(latex[4]).toContain(`good & ${number(r.value)} {\\scriptsize[${number(r.lower)}, ${number(r.upper)}]} & `);
  expect(latex[5]).toMatch(/^bad \\textless\{\}\\&\\textgreater\{\} & (\$-\$)?0\.\d{3}\$\^\{\\ddagger\}\$ \{\\scriptsize\[/);
  expect(latex[6]).toBe('flat & -- & -- & -- \\\\');
  expect(caption).toContain('over $n = 60$ search sessions');
  expect(caption).toContain('significantly above (below) good by');
  expect(metaLatex(evaluate({ baseline: null, tuning: null }))).not.toContain('dagger');
});

test('the page escapes names and needs nothing else', async () => {
  const page = await metaPage(result, { command: 'counterrank meta-evaluate <log>', log: 'a<b>.jsonl', notes: ['Labels: clicks'] });
  expect(page).toContain('bad &lt;&amp;&gt;');
  expect(page).not.toContain('bad <&>');
  expect(page).not.toMatch(/<script|<link/);
  expect(await drawSvg(matrixPicture(result))).toContain('aria-label="Kendall');
});
