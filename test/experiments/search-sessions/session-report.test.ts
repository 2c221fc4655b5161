import fc from 'fast-check';
import { drawSvg } from '../../../experiments/charts/draw-svg.ts';
import { distributionPicture, metricTitle, systemEncoding } from '../../../experiments/search-sessions/distribution-picture.ts';
import { numSensitivityPicture } from '../../../experiments/search-sessions/num-sensitivity-picture.ts';
import { satisfactionPicture } from '../../../experiments/search-sessions/satisfaction-picture.ts';
import { sessionLatex } from '../../../experiments/search-sessions/session-latex.ts';
import { sessionPage } from '../../../experiments/search-sessions/session-page.ts';
import { evaluationJson, perSessionHead, perSessionRows, scoreHead, scoreRows } from '../../../experiments/search-sessions/session-rows.ts';
import { constantLines, sessionTable, sessionTableCaption, sessionTableHtml } from '../../../experiments/search-sessions/session-table.ts';
import type { SearchSession } from '../../../src/data/search-session.ts';
import { satisfactionLevels } from '../../../src/meta-evaluation/satisfaction-levels.ts';
import { evaluateSessions, type SessionEvaluation, type SessionEvaluationRequest } from '../../../src/session-metrics/evaluate-sessions.ts';
import { parseSessionMetric } from '../../../src/session-metrics/index.ts';
import { letterSession } from '../../src/session-metrics/letter-sessions.ts';

const named = (words: readonly string[], satisfaction?: readonly number[]): SearchSession[] =>
  words.map((one, i) => ({ ...letterSession(one), id: `s${i}`, ...(satisfaction && { satisfaction: satisfaction[i] }) }));

function evaluation(systems: Record<string, SearchSession[]>, more: Partial<SessionEvaluationRequest> = {}): SessionEvaluation {
  return evaluateSessions({
    systems: Object.entries(systems).map(([label, sessions]) => ({ label, sessions })),
    metrics: ['sDCG', 'NUM'].map((name) => parseSessionMetric(name)),
    labels: { labels: 'click', highestGrade: 1 },
    clickEnhancement: false,
    undefinedRule: 'skip',
    test: 'paired-t',
    ...more,
  });
}
const one = evaluation({ one: named(['Ab', 'aB', 'ab'], [5, 3, 1]) });
const two = evaluation({ one: named(['Ab', 'aB', 'ab']), 'a<b': named(['AB', 'Ab', 'aB']) });
const pipe = { columns: 80, terminal: false };
const nothing = evaluation({ one: named(['ab', 'cd'], [1, 2]) });

describe('the table', () => {
  test('has a row per metric, and per system where there are more', () => {
    expect(sessionTable(one, pipe).split('\n').slice(0, 3)).toEqual([
      'metric                     mean            n  undefined',
      'sDCG(convention=jarvelin)  0.5000 ±1.2421  3  0',
      expect.stringMatching(/^NUM +0\.99\d\d ±0\.\d{4} +2 +1$/),
    ]);
    const [head, first, second] = sessionTable(two, pipe).split('\n');
    expect(head).toMatch(/^metric +system +mean +n +undefined +difference$/);
    expect(first).toMatch(/^sDCG\(convention=jarvelin\) +one +0\.5000 ±1\.2421 +3 +0$/);
    // differences .5, .5, .5: no spread, so no test
    expect(second).toMatch(/^ +a<b +1\.0000 ±1\.2421 +3 +0 +Δ \+0\.5000 ±0\.0000 p –$/);
  });

  test('says undefined where no search session has a value', () => {
    expect(sessionTable(nothing, pipe)).toMatch(/^NUM +undefined +0 +2$/m);
  });

  test('says what the numbers mean: labels, what is undefined, the test', () => {
    expect(sessionTableCaption(one)).toMatch(/those without are left out\. Labels: clicks, highest 1\.$/);
    const caption = sessionTableCaption(
      evaluation(
        { one: named(['A', 'b']), two: named(['A', 'B']) },
        { undefinedRule: 'zero', test: 'sign-flip', clickEnhancement: true, labels: { labels: 'grade', highestGrade: 4 } },
      ),
    );
    expect(caption).toContain('those without count 0');
    expect(caption).toContain('Δ: difference from one');
    expect(caption).toContain('sign-flip');
    expect(caption).toMatch(/Labels: grade \(clicks where there is none\), highest 4, after click-through enhancement\.$/);
  });

  test('names every constant', () => {
    const [sdcg, num] = constantLines(one);
    expect(sdcg).toMatch(/^sDCG\(convention=jarvelin\): convention jarvelin, rankBase 2, queryBase 4,/);
    for (const [key, value] of Object.entries(one.request.metrics[1].options)) expect(num).toContain(`${key} ${value}`);
    const [times] = constantLines(evaluation({ one: named(['A']) }, { metrics: [parseSessionMetric('time-U-measure')] }));
    expect(times).toContain('seconds 9.8/23/37.6');
  });

  test('in HTML takes names for text', () => {
    expect(sessionTableHtml(two)).toContain('<td>a&lt;b</td>');
    expect(sessionTableHtml(two)).not.toContain('a<b');
    expect(sessionTableHtml(two)).toContain('<td>Δ +0.5000 ±0.0000<small>p –</small></td>');
  });
});

describe('LaTeX', () => {
  test('a row per metric, a column per system, daggers, and a caption that says what it needs', () => {
    const whole = sessionLatex(two).split('\n');
    const caption = whole.find((line) => line.startsWith('\\caption'));
    const latex = whole.slice(whole.findIndex((line) => line.startsWith('\\begin{tabular}')));
    expect(latex[0]).toBe('\\begin{tabular}{lrr}');
    expect(latex[2]).toBe('metric & one & a\\textless{}b \\\\');
    // differences .5, .5, .5: no spread, so no test
    expect(latex[4]).toBe('sDCG(convention=jarvelin) & 0.5000 {\\scriptsize$\\pm$1.2421} & 1.0000 {\\scriptsize$\\pm$1.2421} \\\\');
    expect(caption).toMatch(/^\\caption\{Means over the \$2\$ to \$3\$ search sessions with a value, .* Labels: click, highest 1\. /);
    expect(caption).toContain('above (below) one on the search sessions that both have a value on, by a two-sided paired $t$-test');
  });

  test('one system: no test; no value: a dash', () => {
    expect(sessionLatex(one)).not.toContain('dagger');
    expect(sessionLatex(nothing)).toMatch(/^NUM & -- \\\\$/m);
  });
});

describe('the rows of files', () => {
  test('means: one row per metric and system, empty where there is nothing to say', () => {
    const rows = [...scoreRows(two)];
    expect(rows).toHaveLength(4);
    expect(rows.every((row) => row.length === scoreHead.length)).toBe(true);
    expect(rows[1]).toEqual([
      'sDCG(convention=jarvelin)',
      'a<b',
      1,
      expect.any(Number),
      expect.any(Number),
      3,
      0,
      0.5,
      0.5,
      0.5,
      null,
      null,
    ]);
    expect([...scoreRows(nothing)][1]).toEqual(['NUM', 'one', null, null, null, 0, 2, null, null, null, null, null]);
  });

  test('search sessions: one row each', () => {
    expect(perSessionHead(one)).toEqual(['system', 'session', 'queries', 'satisfaction', 'sDCG(convention=jarvelin)', 'NUM']);
    expect([...perSessionRows(one)].map((row) => row.slice(0, 5))).toEqual([
      ['one', 's0', 1, 5, 1],
      ['one', 's1', 1, 3, 0.5],
      ['one', 's2', 1, 1, 0],
    ]);
  });

  test('JSON: settings, every option, search sessions when asked', () => {
    const json = JSON.parse(JSON.stringify(evaluationJson(two, true)));
    expect(json.settings).toEqual({ labels: 'click', highestGrade: 1, clickEnhancement: false, undefined: 'skip', test: 'paired-t' });
    expect(json.metrics[1].options).toEqual(two.request.metrics[1].options);
    expect(json.sessions).toHaveLength(6);
    expect(json.sessions[2]).toEqual({
      system: 'one',
      session: 's2',
      queries: 1,
      satisfaction: null,
      values: { 'sDCG(convention=jarvelin)': 0, NUM: null },
    });
    expect(evaluationJson(two, false)).not.toHaveProperty('sessions');
  });
});

describe('the pictures', () => {
  const dataOf = (picture: ReturnType<typeof distributionPicture>) =>
    (picture as unknown as { spec: { data: { values: { system: string; value: number; share: number }[] } } }).spec.data.values;

  test('a distribution: shares of all search sessions that add up to 1, from the lowest to the highest value', () => {
    const values = dataOf(distributionPicture(two, 0));
    for (const system of ['one', 'a<b']) {
      const own = values.filter((point) => point.system === system);
      expect(own).toHaveLength(25); // 24 bins and the end
      expect(own.slice(0, 24).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      expect([own[0].value, own[24].value]).toEqual([0, expect.closeTo(1.5, 12)]);
    }
  });

  test('values that are all one number, and none at all', async () => {
    const constant = distributionPicture(evaluation({ one: named(['Ab', 'Ab']) }), 0);
    expect(dataOf(constant)[0]).toMatchObject({ value: 1, share: 1 });
    expect(await drawSvg(constant as NonNullable<typeof constant>)).toContain('<svg');
    expect(distributionPicture(nothing, 1)).toBeNull();
  });

  const bySatisfaction = (values: readonly number[], satisfaction: readonly number[]) =>
    satisfactionPicture('NUM(C=5)', Float64Array.from(values), Float64Array.from(satisfaction));

  test('by satisfaction: the mean of every level, or of tenths of many; none without two levels', () => {
    expect(bySatisfaction([0.5, 1, 0, 0.2, 1], [3, 5, 1, 3, Number.NaN])?.alt).toBe(
      'Mean NUM(C=5) by satisfaction (search sessions): 1: 0.00 (1); 3: 0.350 (2); 5: 1.00 (1)',
    );
    expect(bySatisfaction([0.5, Number.NaN, 0], [3, 5, 1])?.alt).toBe(
      'Mean NUM(C=5) by satisfaction (search sessions): 1: 0.00 (1); 3: 0.500 (1)',
    );
    const forty = Array.from({ length: 40 }, (_, i) => i);
    expect(bySatisfaction(forty, forty)?.alt.match(/\(4\)/g)).toHaveLength(10);
    expect(bySatisfaction([1, 2], [3, 3])).toBeNull();
    expect(bySatisfaction([1, Number.NaN], [3, 4])).toBeNull();
  });

  test('levels of satisfaction: every search session that has one is in one of them, equal ones together, lowest first', () => {
    const rating = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(rating, { maxLength: 80 }), (ratings) => {
        const levels = satisfactionLevels(Float64Array.from(ratings));
        const rated = ratings.flatMap((value, i) => (Number.isNaN(value) ? [] : [i]));
        expect(levels.flatMap(({ rows }) => rows).sort((a, b) => a - b)).toEqual(rated);
        expect(levels.length).toBeLessThanOrEqual(12);
        for (const [k, { at, rows }] of levels.entries()) {
          const own = rows.map((i) => ratings[i]);
          expect(at).toBeGreaterThanOrEqual(Math.min(...own));
          expect(at).toBeLessThanOrEqual(Math.max(...own));
          if (k > 0) expect(Math.min(...own)).toBeGreaterThan(Math.max(...levels[k - 1].rows.map((i) => ratings[i])));
        }
      }),
    );
  });

  test('sensitivity: every point in words, none where NUM is undefined', () => {
    const points = [
      { trailtextLength: 5000, reformulationCost: 0, mean: 0.75 },
      { trailtextLength: 5000, reformulationCost: 500, mean: 0.5 },
    ];
    expect(numSensitivityPicture('x', points)?.alt).toBe(
      'Mean NUM of x by L and C: between 0.5000 and 0.7500; L=5000, C=0: 0.750; L=5000, C=500: 0.500',
    );
    expect(numSensitivityPicture('x', [{ ...points[0], mean: Number.NaN }])).toBeNull();
  });

  test('titles are in two lines; systems are told apart by colour and dashes', () => {
    expect(metricTitle('NUM(L=5,C=0)')).toMatchObject({ text: 'NUM', subtitle: 'L=5,C=0' });
    expect(metricTitle('sDCG/q')).toEqual({ text: 'sDCG/q', limit: 300 });
    const { color, strokeDash } = systemEncoding(['a', 'b', 'c', 'd', 'e']);
    const looks = color.scale.range.map((colour, s) => `${colour} ${strokeDash.scale.range[s]}`);
    expect(new Set(looks).size).toBe(5);
  });
});

test('the page shows notes and warnings first, and leaves out pictures that there is nothing for', async () => {
  const page = await sessionPage(
    { ...nothing, notes: ['a note'] },
    { lead: 'lead & more', warnings: ['<warning>'], sensitivity: [[]], command: 'counterrank x' },
  );
  expect(page).toContain('lead &amp; more');
  expect(page).toMatch(/<div class="warn"[^>]*><ul><li>a note<\/li><li>&lt;warning&gt;<\/li>/);
  expect(page).not.toContain('Sensitivity of NUM');
  expect(page.match(/<svg /g)).toHaveLength(2); // sDCG: distribution, and by satisfaction
});
