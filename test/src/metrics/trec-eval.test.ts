import { evaluateRun } from '../../../src/metrics/evaluate-run.ts';
import { fromTrecName, trecAverage } from '../../../src/metrics/index.ts';
import { summarise } from '../../../src/metrics/summarise.ts';
import { load, path } from './load-run.ts';
import { readTrecEval, testWithData } from './read-trec.ts';

/** What trec_eval prints that is no number, and averages over recalls of one's own. */
const notOffered = /^(runid|relstring(_20)?|11pt_avg_.*)$/;

/** Our measure for a name of trec_eval, its relevance level included; null where there is none. */
function measureOf(name: string, level: number): string | null {
  if (name === 'ndcg_1=1,2=3,3=7,4=15,6=63') return "nDCG(dcg='exp-log2')";
  if (name === 'num_rel_ret') return `NumRet(rel=${level})`;
  const measure = name === 'rbp_p=0.9' || name === 'rbp' ? 'RBP(p=0.9)' : fromTrecName(name);
  if (measure === null || level === 1 || /^(n?DCG|IDCG|G|Rndcg|ndcg_rel|RBPresidual|Unjudged|NumRet$|NumQ)/.test(measure)) return measure;
  const [, head, parameters, cutoff] = /^(\w+)(?:\((.*)\))?(@.*)?$/.exec(measure) ?? [];
  return `${head}(${[parameters, `rel=${level}`].filter(Boolean).join(',')})${cutoff ?? ''}`;
}

interface Output {
  readonly expected: string;
  readonly qrels: string;
  readonly run: string;
  readonly digits: number;
  readonly complete?: boolean;
  readonly level?: number;
  readonly depth?: number;
  /** Names in this output that are left out, and why. */
  readonly except?: RegExp;
}

/** trec_eval's rbp is graded, by gains that it reads uninitialised: right only where grades are 0 and 1. */
const graded = /^rbp/;
/** Its rbp_resid is 0 for a topic whose documents are all judged, or that is missing. */
const residual = /^rbp_resid$/;
const generated = (qrels: string, run: string, kind: string, rest: Partial<Output> = {}): Output => ({
  expected: `generated/${qrels}.${run}.${kind}digits.txt`,
  qrels,
  run,
  digits: kind.endsWith('12') ? 12 : 4,
  complete: kind.startsWith('c.'),
  ...rest,
});
const official = (name: string, rest: Partial<Output> = {}): Output => ({
  expected: `official/${name}`,
  qrels: 'qrels.test',
  run: 'results.test',
  digits: 4,
  ...rest,
});

const outputs: Output[] = [
  ...['12', '4', 'c.12', 'c.4'].flatMap((kind) => [
    generated('qrels.test', 'results.test', kind),
    generated('qrels.rel_level', 'results.test', kind, { except: graded }),
  ]),
  ...['c.12', 'c.4'].flatMap((kind) => [
    generated('qrels.test', 'results.trunc', kind),
    generated('qrels.rel_level', 'results.trunc', kind, { except: graded }),
  ]),
  generated('qrels-302.test', 'results-302.test', '12'),
  generated('qrels.rel_level', 'results.test', 'l2.12', { level: 2 }),
  generated('qrels.rel_level', 'results.test', 'l3.12', { level: 3 }),
  generated('qrels.rel_level', 'results.test', 'ndcg-exp-gain.12'),
  official('out.test'),
  official('out.test.a'),
  official('out.test.aq'),
  official('out.test.aqc', { run: 'results.trunc', complete: true, except: residual }),
  official('out.test.aqcM', { run: 'results.trunc', complete: true, depth: 100, except: residual }),
  official('out.test.aql', { qrels: 'qrels.rel_level', level: 2, except: graded }),
  official('out.test.meas_params'),
  official('out.comment.test', { qrels: 'qrels.comment.test', run: 'results.comment.test' }),
];

describe('as trec_eval', () => {
  let total = 0;
  for (const { expected, qrels, run, digits, complete, level = 1, depth = Infinity, except } of outputs)
    testWithData(expected, async () => {
      const loaded = await load(path(`trec-eval/official/${qrels}`), path(`trec-eval/official/${run}`), complete);
      const theirs = readTrecEval(`trec-eval/${expected}`);
      const names = [...theirs.keys()].filter((name) => !notOffered.test(name) && !except?.test(name));
      const measures = names.map((name) => measureOf(name, level));
      expect(names.filter((_, i) => measures[i] === null)).toEqual([]);
      const ours = evaluateRun(loaded.qrels, loaded.run, measures.map(String), { topics: loaded.topics, depth });
      let compared = 0;
      names.forEach((name, i) => {
        const column = ours.values[String(measures[i])];
        const overall = /^gm_/.test(name) ? Math.exp(summarise(column).mean) : trecAverage(String(measures[i]), column);
        for (const [topic, value] of theirs.get(name) ?? []) {
          compared++;
          const our = topic === 'all' ? overall : column[ours.topics.indexOf(topic)];
          const close = Math.abs(our - value) <= (digits === 12 ? 1e-9 : 0.5001e-4);
          expect({ name, topic, our, value, close }).toMatchObject({ close: true });
        }
      });
      const perTopic = [...theirs.values()].some((topics) => topics.size > 1);
      const overallOnly = names.filter((name) => /^(num_q|gm_map|gm_bpref)$/.test(name)).length; // no lines of topics
      expect(compared).toBe(overallOnly + (names.length - overallOnly) * (perTopic ? ours.topics.length + 1 : 1));
      total += compared;
    });
  testWithData('that is thousands of values', () => expect(total).toBeGreaterThan(5000));
});
