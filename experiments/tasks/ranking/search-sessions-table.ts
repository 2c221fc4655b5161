import { normalQuantile } from '../../../src/stats/normal.ts';
import { remark } from '../../summary/notes.ts';
import { column, optionalColumn, type Row, table } from '../../tables/table.ts';

export const searchSessions = table(
  'search-sessions',
  'how surely the search sessions of NUM tell a method from the baseline; none without one',
  {
    baseline: column('text', 'the method that it is compared with'),
    sessions: column('integer', 'search sessions simulated on the test queries'),
    standard_error: optionalColumn('number', 'of the mean difference in NUM, as far as it comes from which users were drawn'),
  },
);

/**
 * What the draw of users adds to the mean difference in NUM of two methods that met the same users: differences d_qs, query q, session s, have
 * SE² = (1/Q²) Σ_q s²/n_q with s² = Σ_qs (d_qs − d̄_q)² / Σ_q (n_q − 1), the pooled variance within queries, as the queries are not drawn. Cochran,
 * Sampling Techniques, 1977, §5.3. Sessions where one is undefined (NaN) count for neither.
 * @param each sessions of every query @returns null where no query has two
 */
export function pairedStandardError(one: Float64Array, other: Float64Array, each: number): number | null {
  let [queries, squares, freedom, inverse] = [0, 0, 0, 0];
  for (let start = 0; start < one.length; start += each) {
    let [n, mean, about] = [0, 0, 0]; // Welford's sums
    for (let i = start; i < start + each; i++) {
      const difference = one[i] - other[i];
      if (Number.isNaN(difference)) continue;
      n++;
      const step = difference - mean;
      mean += step / n;
      about += step * (difference - mean);
    }
    if (n === 0) continue;
    queries++;
    squares += about;
    freedom += n - 1;
    inverse += 1 / n;
  }
  return freedom === 0 ? null : Math.sqrt((squares / freedom) * inverse) / queries;
}

/**
 * The smallest true difference that is found with probability 0.8 by a two-sided test at 0.05: (z_0.975 + z_0.8) · SE ≈ 2.8 SE. Bloom, Evaluation
 * Review, 1995. Of several seeds, which are averaged, SE² = Σ_s SE_s²/S².
 */
export function detectable(rows: readonly Pick<Row<typeof searchSessions>, 'standard_error'>[]): number | null {
  const errors = rows.flatMap(({ standard_error }) => standard_error ?? []);
  const multiple = normalQuantile(0.975) + normalQuantile(0.8);
  return errors.length === 0 ? null : (multiple * Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0))) / errors.length;
}

/** "num: 20,000 search sessions a seed tell a difference from naive of 0.0011 to 0.0018 …". */
export const searchSessionsRemark = remark(
  searchSessions,
  (methods) => {
    const rows = methods.flatMap(({ series }) => series.flatMap((one) => one.rows));
    const smallest = methods.flatMap(({ series }) => detectable(series.flatMap((one) => one.rows)) ?? []).filter((value) => value > 0);
    if (smallest.length === 0) return null;
    const [lowest, highest] = [Math.min(...smallest), Math.max(...smallest)].map((value) => value.toPrecision(2));
    const baselines = [...new Set(rows.map(({ baseline }) => baseline))].join(', ');
    const counts = [...new Set(rows.map(({ sessions }) => sessions.toLocaleString('en-US')))].join(' or ');
    return `num: ${counts} search sessions a seed tell differences from ${baselines} from ${lowest === highest ? lowest : `${lowest} to ${highest}`} up (two-sided 5 %, power 80 %); smaller ones may be which users were drawn; tests over seeds need more, as seeds differ too`;
  },
  { metric: 'num' },
);
