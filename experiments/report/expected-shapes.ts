import { pairedTTest } from '../../src/stats/paired-t-test.ts';
import { formatP, formatSigned } from '../summary/format-number.ts';
import type { ReportSummary } from './report-summary.ts';
import type { TextTable } from './text-table-forms.ts';
import { pairedValues } from './winners.ts';

/** What theory says of two methods where users click by a model, at the most sessions of a benchmark. */
interface Shape {
  readonly words: string;
  readonly clickModels: readonly string[];
  readonly one: string; //   label of a method
  readonly other: string;
  readonly expected: 'above' | 'level';
}

/** Of the methods of `ultr-benchmark.yaml` by their labels; those that a benchmark lacks are left out. */
const shapes: readonly Shape[] = [
  {
    ...{ words: 'IPS comes to the limit of unbiased estimators', clickModels: ['position-based'] },
    ...{ one: 'ips', other: 'expected-relevance', expected: 'level' },
  },
  {
    ...{ words: 'where examination is known, correcting by it beats taking clicks as they are', clickModels: ['position-based'] },
    ...{ one: 'ips', other: 'naive', expected: 'above' },
  },
  {
    ...{ words: 'trust bias is affine: no weight by examination removes it', clickModels: ['trust-bias'] },
    ...{ one: 'affine', other: 'ips', expected: 'above' },
  },
  {
    ...{
      words: 'readers who stop at what satisfies: examination in the list, not by rank',
      clickModels: ['cascade', 'dynamic-bayesian'],
    },
    ...{ one: 'cascade-ips', other: 'ips-randomisation', expected: 'above' },
  },
];

/** Half of what counts as the same metric value. */
const sameWithin = 0.01;

/**
 * Each shape with the difference that came out, its interval and test, whether it is as expected or not. A difference is as expected where its 95 % interval lies above 0, or, of
 * those that should be level, within ± 0.01; against it where the interval lies on the other side; else it is not told. Null where a benchmark has none of them.
 */
export function shapesTable(summary: ReportSummary): TextTable | null {
  const { columns, methods, grouping } = summary;
  const [of, ofSessions] = ['simulation.clickModel.name', 'simulation.sessions'].map((key) => grouping.columnKeys.indexOf(key));
  if (of < 0 || ofSessions < 0) return null;
  const most = Math.max(...columns.map(({ group }) => Number(group.values[ofSessions])));
  const rest = grouping.columnKeys.flatMap((_, k) => (k === of || k === ofSessions ? [] : [k]));
  const rows = shapes.flatMap(({ words, clickModels, one, other, expected }) => {
    const [a, b] = [one, other].map((label) => methods.find(({ method }) => method === label));
    if (a === undefined || b === undefined) return [];
    return columns.flatMap(({ group, label }, c) => {
      const clickModel = String(group.values[of]);
      if (Number(group.values[ofSessions]) !== most || !clickModels.includes(clickModel)) return [];
      const pairs = pairedValues(a.cells[c], b.cells[c]);
      if (pairs[0].length < 2) return [];
      const { difference, p } = pairedTTest(pairs[0], pairs[1]);
      const { value, lower, upper } = difference;
      const holds = expected === 'above' ? lower > 0 : Math.max(Math.abs(lower), Math.abs(upper)) < sameWithin;
      const against = expected === 'above' ? upper < 0 : Math.abs(value) >= sameWithin && (lower > 0 || upper < 0);
      return [
        [
          ...[`${one} ${expected === 'above' ? '>' : '≈'} ${other}`, clickModel, ...rest.map((k) => String(group.values[k] ?? label))],
          ...[`${formatSigned(value)} [${formatSigned(lower)}, ${formatSigned(upper)}]`, Number.isNaN(p) ? '–' : formatP(p)],
          ...[holds ? 'yes' : against ? 'no, the contrary' : 'not told', words],
        ],
      ];
    });
  });
  if (rows.length === 0) return null;
  return {
    title: `What theory says, at ${most.toLocaleString('en')} sessions`,
    head: [
      ...[
        'claim',
        'users',
        ...rest.map(
          (k) =>
            grouping.columnKeys[k]
              .replace(/\.name$/, '')
              .split('.')
              .at(-1) as string,
        ),
      ],
      ...['difference and its 95 % interval', 'p', 'as expected', 'why'],
    ],
    rows,
    note: `Paired by seed, t intervals, p not corrected. ≈: within ± ${sameWithin}.`,
  };
}
