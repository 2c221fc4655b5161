import { join } from 'node:path';
import { builtIn } from '../../../experiments/catalogue/catalogue.ts';
import { collectRecords } from '../../../experiments/records/collect-records.ts';
import type { StoredRun } from '../../../experiments/records/stored-run.ts';
import type { ReportOptions } from '../../../experiments/report/report-summary.ts';
import { summariseRuns } from '../../../experiments/report/summarise-runs.ts';
import { readCsv } from '../../../src/data/read-csv.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import { cellDifference } from '../../../src/stats/compare-cells.ts';
import {
  benjaminiHochbergCorrection,
  crossedTTest,
  holmCorrection,
  meanInterval,
  pairedTTest,
  signFlipTest,
} from '../../../src/stats/index.ts';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { writeTinyRun, writeTinySweep } from '../tiny-runs.ts';

const home = temporaryFolder().path;
const sweep = await writeTinySweep(join(home, 'sweep'), { seeds: 3 });
const runs = await collectRecords([sweep]);
const asked = (changes: Partial<ReportOptions> = {}): ReportOptions => ({
  ...{ by: null, metrics: null, baseline: null, unit: 'seed', test: 'paired-t', correction: 'holm', alpha: 0.05 },
  ...changes,
});
const summarise = (changes: Partial<ReportOptions> = {}, of: readonly StoredRun[] = runs) =>
  summariseRuns(of, asked(changes), builtIn().presentations);
/** Values by seed, straight from the records. */
const valuesOf = (id: string, method: string, metric: string) =>
  runs.flatMap((run) =>
    run.id === id ? run.metrics.filter((row) => row.method === method && row.metric === metric).map(({ value }) => value) : [],
  );
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('by default: a row per method, a column per combination of what varies, paired by seed, Holm over all of a metric', async () => {
  const summary = await summarise();
  expect(summary.metrics).toEqual([
    ...['sessions 500 · cascade', 'sessions 500 · position-based', 'sessions 5e3 · cascade', 'sessions 5e3 · position-based'],
  ]);
  expect(summary.methods.map(({ method }) => method)).toEqual(['production', 'naive', 'ips', 'clipped-ips', 'dual-learning', 'skyline']);
  const ids = ['cascade-500', 'position-based-500', 'cascade-5000', 'position-based-5000'];
  const ps: number[] = [];
  for (const [c, id] of ids.entries())
    for (const { method, cells } of summary.methods) {
      const values = valuesOf(id, method, 'ndcg@10');
      expect(cells[c].mean).toEqual(meanInterval(values));
      if (method === 'naive') expect(cells[c]).toMatchObject({ difference: null, p: null, adjustedP: null });
      else {
        const test = pairedTTest(values, valuesOf(id, 'naive', 'ndcg@10'));
        expect(cells[c].difference?.value).toBeCloseTo(test.difference.value, 12);
        expect(cells[c].p).toBeCloseTo(test.p, 12);
        ps.push(cells[c].p as number);
      }
    }
  const adjusted = summary.metrics.flatMap((_, c) =>
    summary.methods.flatMap(({ cells }) => (cells[c].adjustedP === null ? [] : [cells[c].adjustedP])),
  );
  expect(adjusted).toEqual([...holmCorrection(ps)]);
  expect(ps).toHaveLength(4 * 5);
});

test('what is not grouped by is averaged over within a seed, and said', async () => {
  const { methods, warnings, metrics } = await summarise({ by: ['estimator.name', 'simulation.clickModel'], metrics: ['reciprocal-rank'] });
  expect(metrics).toEqual(['cascade', 'position-based']);
  expect(warnings).toEqual(['averaged over simulation.sessions (500, 5e3); put them into --by to tell them apart']);
  const [low, high] = ['cascade-500', 'cascade-5000'].map((id) => valuesOf(id, 'ips', 'reciprocal-rank'));
  expect(methods[2].cells[0].values).toEqual(low.map((value, s) => mean([value, high[s]])));
});

test('the sign-flip test and other corrections', async () => {
  const { methods } = await summarise({
    by: ['estimator.label'],
    metrics: ['ndcg@10'],
    test: 'sign-flip',
    correction: 'benjamini-hochberg',
  });
  const values = (method: string) =>
    runs[0].metrics
      .filter((row) => row.method === method && row.metric === 'ndcg@10')
      .map(({ seed }) => seed)
      .map((seed) =>
        mean(
          runs.map(
            (run) => run.metrics.find((row) => row.seed === seed && row.method === method && row.metric === 'ndcg@10')?.value ?? Number.NaN,
          ),
        ),
      );
  const expected = ['production', 'ips', 'clipped-ips', 'dual-learning', 'skyline'].map(
    (method) => signFlipTest(values(method), values('naive'), createRng('exact')).p,
  );
  const tested = methods.filter(({ method }) => method !== 'naive').map(({ cells }) => cells[0]);
  for (const [i, p] of expected.entries()) expect(tested[i].p).toBeCloseTo(p, 12);
  expect(tested.map(({ adjustedP }) => adjustedP)).toEqual([...benjaminiHochbergCorrection(tested.map(({ p }) => p as number))]);
});

describe('per query', () => {
  /** [seed][query] of one run. */
  const perQuery = async (method: string) => {
    const table = new Map<string, number[]>();
    for await (const [seed, query, value] of readCsvRows(method)) {
      expect(query).not.toBe('');
      table.set(seed, [...(table.get(seed) ?? []), Number(value)]);
    }
    return [...table.values()];
  };
  async function* readCsvRows(method: string) {
    for await (const [seed, of, metric, query, value] of readCsv(join(runs[0].folder, 'per-query.csv'), [
      'seed',
      'method',
      'metric',
      'query',
      'value',
    ]))
      if (of === method && metric === 'ndcg@10') yield [seed, query, value] as const;
  }
  const one = runs.slice(0, 1);

  test('the sample is a query, its value the mean over seeds', async () => {
    const { methods, samples } = await summarise({ unit: 'query', metrics: ['ndcg@10'] }, one);
    const [ips, naive] = await Promise.all([perQuery('ips'), perQuery('naive')]);
    const ofQueries = (table: readonly number[][]) => table[0].map((_, q) => mean(table.map((ofSeed) => ofSeed[q])));
    const test = pairedTTest(ofQueries(ips), ofQueries(naive));
    expect(samples).toBe('test queries');
    expect(methods[2].cells[0].values).toHaveLength(10);
    expect(methods[2].cells[0].p).toBeCloseTo(test.p, 10);
    expect(methods[2].cells[0].mean.value).toBeCloseTo(mean(ofQueries(ips)), 12);
  });

  test('both: seeds crossed with queries', async () => {
    const { methods, testing, crossedSeeds } = await summarise({ unit: 'both', metrics: ['ndcg@10'] }, one);
    const [ips, naive] = await Promise.all([perQuery('ips'), perQuery('naive')]);
    const expected = crossedTTest(
      ips.flatMap((ofSeed, s) => ofSeed.map((value, q) => value - naive[s][q])),
      3,
      10,
    );
    expect(methods[2].cells[0].p).toBeCloseTo(expected.p, 10);
    expect(methods[2].cells[0].difference?.upper).toBeCloseTo(expected.difference.upper, 10);
    expect({ test: testing.test, crossedSeeds }).toEqual({ test: 'crossed-t', crossedSeeds: 3 });
  });
});

test('a baseline may be a value of any key: the same method with fewer sessions', async () => {
  const { methods, baseline } = await summarise({ baseline: 'simulation.sessions=500' });
  const test = pairedTTest(valuesOf('cascade-5000', 'naive', 'ndcg@10'), valuesOf('cascade-500', 'naive', 'ndcg@10'));
  expect(baseline).toBe('simulation.sessions=500');
  expect(methods[1].cells.map(({ p }) => p === null)).toEqual([true, true, false, false]);
  expect(methods[1].cells[2].p).toBeCloseTo(test.p, 12);
});

describe('what does not fit together is said in one line each', () => {
  const without = (id: string, drop: (row: StoredRun['metrics'][number]) => boolean) =>
    runs.map((run) => (run.id === id ? { ...run, metrics: run.metrics.filter((row) => !drop(row)) } : run));

  test('unequal seeds: compared on those that both have', async () => {
    const fewer = without('cascade-500', ({ seed, method }) => seed === '2' && method === 'ips');
    const { methods, warnings } = await summarise({}, fewer);
    expect(warnings).toEqual(['ips at sessions 500, cascade has 2 seeds, naive 3: compared on the 2 both have']);
    const common = (method: string) => valuesOf('cascade-500', method, 'ndcg@10').filter((_, s) => s !== 1);
    expect(methods[2].cells[0].p).toBeCloseTo(pairedTTest(common('ips'), common('naive')).p, 12);
  });

  test('a baseline that is missing somewhere: no test there', async () => {
    const { methods, warnings } = await summarise(
      {},
      without('cascade-500', ({ method }) => method === 'naive'),
    );
    expect(warnings).toEqual(['no naive at sessions 500, cascade: no tests there']);
    expect(methods[2].cells[0]).toMatchObject({ difference: null, adjustedP: null });
    expect(methods[2].cells[1].adjustedP).not.toBe(null);
    expect(methods[1].cells[0].mean.value).toBeNaN();
  });

  test('a run repeated: the first counts', async () => {
    const again = await writeTinyRun(join(home, 'again'), { seeds: [1], simulation: { ...(runs[0].config.simulation as object) } });
    const { methods, warnings } = await summarise({}, [...runs, ...(await collectRecords([again]))]);
    expect(warnings).toEqual(['what again measured is in an earlier run with the same config and seed: only that one counts']);
    expect(methods[2].cells[0].values).toEqual(valuesOf('cascade-500', 'ips', 'ndcg@10'));
  });

  test.each([
    [
      { by: ['estimator.nmae'] },
      /no run has the config key "estimator\.nmae"; did you mean "estimator\.name"\? keys to group by here: estimator\.label/,
    ],
    [{ by: ['nothing.like.it'] }, /no run has the config key "nothing\.like\.it"; keys/],
    [{ metrics: ['ndgc@10'] }, /no run measured "ndgc@10"; did you mean "ndcg@10"\? there are: ndcg@10, reciprocal-rank/],
    [{ baseline: 'niave' }, /the baseline "niave" is no value of estimator\.label.*did you mean "naive"\?/],
  ])('%j is a mistake with a way out', async (changes, message) => {
    await expect(summarise(changes)).rejects.toThrow(UsageError);
    await expect(summarise(changes)).rejects.toThrow(message);
  });
});

test('sign flips are drawn only when asked for; up to 20 pairs they are counted in any case', async () => {
  const of = (n: number) => new Map(Array.from({ length: n }, (_, i) => [String(i), new Map([['', { sum: Math.sin(i), n: 1 }]])]));
  const zero = (n: number) => new Map([...of(n)].map(([sample]) => [sample, new Map([['', { sum: 0, n: 1 }]])]));
  const p = (n: number, rng: ReturnType<typeof createRng> | null) => cellDifference(of(n), zero(n), 'query', rng)?.signFlip;
  expect(p(12, null)).toBe(signFlipTest([...Array(12).keys()].map(Math.sin), new Float64Array(12), createRng('any')).p);
  expect(p(21, null)).toBe(null);
  expect(p(21, createRng('drawn'))).toBe(signFlipTest([...Array(21).keys()].map(Math.sin), new Float64Array(21), createRng('drawn')).p);
});
