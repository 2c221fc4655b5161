import { type CascadeValue, cascadeValue, type LoggedClicks, type OffPolicyValue, offPolicyValues } from '../../../estimators/index.ts';
import type { Bias } from '../../../src/bias.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import { quantitative } from '../../charts/encodings.ts';
import { figure, listing } from '../../charts/figure.ts';
import { column, optionalColumn, type Row, rowsOf, type TableRows, table } from '../../tables/table.ts';

const ends = (of: string) =>
  [optionalColumn('number', `lower end of the 95 % interval of ${of}`), optionalColumn('number', 'upper end')] as const;
const [lower, upper] = ends('value');
const [loggingLower, loggingUpper] = ends('logging');
const [differenceLower, differenceUpper] = ends('difference');

/** What rankings are worth by the clicks of sessions that they were not learnt from. */
export const offPolicy = table('off-policy', 'what a ranker is worth by the clicks of test sessions, beside the lists that these saw', {
  estimator: column('text', 'ips, snips, doubly-robust: of relevance at the ranks of the log, DCG a session; cascade: clicks a session'),
  value: column('number', 'of the ranker'),
  lower,
  upper,
  logging: column('number', 'of the lists as they were shown'),
  logging_lower: loggingLower,
  logging_upper: loggingUpper,
  difference: optionalColumn('number', 'of the ranker less that of the lists, of the same sessions; empty for cascade'),
  difference_lower: differenceLower,
  difference_upper: differenceUpper,
  covered: optionalColumn('number', 'of cascade: share of the ranks shown that it tells of', { unit: 'share' }),
});

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const row = (
  estimator: string,
  ranker: Estimate,
  logging: Estimate,
  difference: Estimate | null,
  covered: number | null,
): Row<typeof offPolicy> => ({
  ...{ estimator, value: ranker.value, lower: orNull(ranker.lower), upper: orNull(ranker.upper) },
  ...{ logging: logging.value, logging_lower: orNull(logging.lower), logging_upper: orNull(logging.upper) },
  difference: difference?.value ?? null,
  ...{ difference_lower: orNull(difference?.lower ?? Number.NaN), difference_upper: orNull(difference?.upper ?? Number.NaN) },
  covered,
});

/** Values by every estimator that applies, and the table of them. */
export function offPolicyRows(test: LoggedClicks, scores: Float32Array, bias: Bias, regression: Float64Array) {
  const { ips, snips, doublyRobust } = offPolicyValues(test, scores, bias, regression);
  const cascade: CascadeValue | null = cascadeValue(test.log, test.querySet, scores);
  const of = (name: string, value: OffPolicyValue | null) =>
    value === null ? [] : [row(name, value.ranker, value.logging, value.difference, null)];
  const rows: TableRows = rowsOf(offPolicy, [
    ...of('ips', ips),
    ...of('snips', snips),
    ...of('doubly-robust', doublyRobust),
    ...(cascade === null ? [] : [row('cascade', cascade.ranker, cascade.logging, null, cascade.covered)]),
  ]);
  return { ips, snips, rows };
}

const short = (value: number | null) => (value === null ? '' : value.toPrecision(3));
const interval = (value: number | null, from: number | null, to: number | null) =>
  value === null ? '' : `${short(value)}${from === null || to === null ? '' : ` [${short(from)}, ${short(to)}]`}`;

const note =
  'By the clicks of test sessions, corrected by the bias that the training sessions tell; intervals of 95 % are of the sessions, as if that bias were right. A document that the log never shows counts as worth nothing (ips, snips), or what its regression says (doubly-robust). cascade asks for no bias, and tells of ranks only that some session saw as the ranker has them, from the top down.';

export const offPolicyListing = listing(
  offPolicy,
  { title: 'Off-policy value', note, head: ['estimator', 'ranker', 'lists of the log', 'difference', 'covered'] },
  (of) => [
    of.estimator,
    interval(of.value, of.lower, of.upper),
    interval(of.logging, of.logging_lower, of.logging_upper),
    interval(of.difference, of.difference_lower, of.difference_upper),
    of.covered === null ? '' : `${(100 * of.covered).toFixed(0)} %`,
  ],
);

export const offPolicyFigure = figure(
  offPolicy,
  {
    title: 'Ranker against the lists of the log',
    note: 'Difference in value, of the ranker less that of the lists that users saw, by the test sessions: dot and bar are value and 95 % interval, a mark a seed. Right of 0 the ranker is worth more.',
  },
  (title, series) => {
    const values = series.flatMap(({ rows }) => rows.filter(({ difference }) => difference !== null));
    if (values.length === 0) return null;
    const x = quantitative('difference', { title: 'difference', tickCount: 5, format: '.2~g' }, { zero: true });
    const y = { field: 'estimator', type: 'nominal', axis: { title: null }, sort: null } as const;
    return {
      alt: `Difference of ${title} from the lists of the log: ${values.map((of) => `${of.estimator} ${interval(of.difference, of.difference_lower, of.difference_upper)}`).join('; ')}`,
      spec: {
        title,
        width: 270,
        height: 110,
        data: {
          values: values.map(({ estimator, difference, difference_lower, difference_upper }) => ({
            estimator,
            difference,
            difference_lower,
            difference_upper,
          })),
        },
        layer: [
          { data: { values: [{ difference: 0 }] }, mark: { type: 'rule', strokeDash: [4, 3], color: 'var(--soft)' }, encoding: { x } },
          {
            mark: { type: 'rule', color: 'var(--c0)' },
            encoding: { x: { ...x, field: 'difference_lower' }, x2: { field: 'difference_upper' }, y },
          },
          { mark: { type: 'point', filled: true, size: 55, color: 'var(--c0)', opacity: 1 }, encoding: { x, y } },
        ],
      },
    };
  },
);
