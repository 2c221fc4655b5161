import { readFileSync } from 'node:fs';
import { evaluateRun } from '../../../src/metrics/evaluate-run.ts';
import { trecAverage } from '../../../src/metrics/index.ts';
import { summarise } from '../../../src/metrics/summarise.ts';
import { temporaryFolder } from '../data/temporary-folder.ts';
import { load, path } from './load-run.ts';
import { readGdeval, testWithData } from './read-trec.ts';

const folder = temporaryFolder();

describe('as gdeval', () => {
  testWithData('ERR and exponential-gain nDCG to its 5 digits', async () => {
    const { qrels, run } = await load(path('trec-eval/official/qrels.rel_level'), path('trec-eval/official/results.test'));
    for (const k of [5, 10, 20]) {
      const { topics, values } = evaluateRun(qrels, run, [`nDCG(dcg='exp-log2')@${k}`, `ERR@${k}`]);
      const rows = readGdeval(`trec-eval/gdeval/trec_eval-test.qrels_rel_level.k${k}.csv`);
      expect(rows.map(({ topic }) => topic)).toEqual(topics);
      rows.forEach(({ ndcg, err }, t) => {
        expect(values[`nDCG(dcg='exp-log2')@${k}`][t].toFixed(5)).toBe(ndcg.toFixed(5));
        expect(values[`ERR@${k}`][t].toFixed(5)).toBe(err.toFixed(5));
      });
    }
  });
});

interface Cases {
  readonly provider: string;
  readonly test?: string;
  readonly qrels?: string;
  readonly run?: string;
  readonly cases: readonly {
    readonly measure: string;
    readonly per_query: Readonly<Record<string, number>>;
    readonly aggregate?: number;
  }[];
}

describe('as ir_measures', () => {
  const read = (name: string): Cases[] => [JSON.parse(readFileSync(path(`ir_measures/${name}`), 'utf8'))].flat();
  /** gdeval has exponential gain only. */
  const name = (provider: string, measure: string) =>
    provider === 'gdeval' ? measure.replace(/^nDCG@/, "nDCG(dcg='exp-log2')@") : measure;

  async function check({ provider, cases }: Cases, qrelsPath: string, runPath: string): Promise<number> {
    const { qrels, run } = await load(qrelsPath, runPath);
    for (const { measure, per_query, aggregate } of cases) {
      const { topics, values } = evaluateRun(qrels, run, [name(provider, measure)]);
      const [column] = Object.values(values);
      expect(topics).toEqual(Object.keys(per_query));
      topics.forEach((topic, t) => {
        const close = Math.abs(column[t] - per_query[topic]) < 0.6e-4; // they are given to 4 digits
        expect({ measure, topic, our: column[t], value: per_query[topic], close }).toMatchObject({ close: true });
      });
      if (aggregate !== undefined) expect(trecAverage(measure, column)).toBeCloseTo(aggregate, 4); // counts are added up
    }
    return cases.length;
  }

  testWithData('its test cases', async () => {
    let checked = 0;
    for (const cases of read('expected_cases.json')) {
      const [qrels, run] = [folder.put('qrels', cases.qrels ?? ''), folder.put('run', cases.run ?? '')];
      checked += await check(cases, qrels, run);
    }
    expect(checked).toBeGreaterThan(35);
  });

  testWithData('Compat, to 9 digits', async () => {
    const [{ cases }] = read('expected_compat.json');
    const { qrels, run } = await load(path('ir_measures/compat.qrels'), path('ir_measures/compat.run'));
    for (const { measure, per_query, aggregate } of cases) {
      const { topics, values } = evaluateRun(qrels, run, [measure]);
      expect(Object.fromEntries(topics.map((topic, t) => [topic, values[measure][t]]))).toEqual(
        Object.fromEntries(Object.entries(per_query).map(([topic, value]) => [topic, expect.closeTo(value, 9)])),
      );
      if (aggregate !== undefined) expect(summarise(values[measure]).mean).toBeCloseTo(aggregate, 9);
    }
    expect(cases.length).toBeGreaterThan(2);
  });

  testWithData('the C/W/L measures of cwl_eval', async () => {
    const [cases] = read('expected_cwl.json');
    expect(await check(cases, path('ir_measures/cwl.qrels'), path('ir_measures/cwl.run'))).toBe(cases.cases.length);
  });
});
