import { gainOverLogging, type Learned, type LoggedClicks } from '../../../estimators/index.ts';
import { normalQuantile } from '../../../src/stats/normal.ts';
import { remark } from '../../summary/notes.ts';
import { column, rowsOf, type TableRows, table } from '../../tables/table.ts';
import type { RankingConfig } from './ranking-config.ts';

export const safety = table(
  'safety',
  'what a ranker is worth beyond the lists of the log, by the held-out clicks; only where evaluation.safety asks',
  {
    policy: column('text', 'how lists are made of the scores: order, or drawn as plackett-luce'),
    delta: column('number', 'δ: a lower bound is above the truth with this probability at most', { unit: 'probability' }),
    gain: column(
      'number',
      'estimated DCG per session at the ranks shown, gains the probability of relevance, less that of the lists of the log',
    ),
    lower: column('number', 'its lower end at 1 − δ by the spread of the estimate, which may be too high where few clicks weigh much'),
    bound: column('number', 'its lower bound at 1 − δ from exposures alone (Gupta et al. 2023); from 0 up the ranker is told to be safe'),
  },
);

/** By the true bias of the held-out clicks, as the log was simulated. */
export function safetyRows({ evaluation }: RankingConfig, heldOut: LoggedClicks | null, { rank }: Pick<Learned, 'rank'>): TableRows[] {
  if (evaluation.safety === null || heldOut?.knownBias == null) return [];
  const {
    policy,
    safety: { delta },
  } = evaluation;
  const { affine, examination } = heldOut.knownBias;
  const { gain, risk } = gainOverLogging(heldOut, rank(heldOut.querySet), affine ?? examination, delta, policy);
  const lower = gain.value - normalQuantile(1 - delta) * gain.standardError;
  return [rowsOf(safety, [{ policy, delta, gain: gain.value, lower, bound: gain.value - risk }])];
}

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toPrecision(2)}`;

/** "Against the lists of the log, in the order of scores, δ 0.05: safe: ips (at least +0.12 DCG per session); not told to be safe: naive (in 1 of 3 seeds, at worst at least −0.02)". */
export const safetyRemark = remark(safety, (methods) => {
  const [safe, others]: string[][] = [[], []];
  const deltas = new Set<number>();
  const policies = new Set<string>();
  for (const { title, series } of methods) {
    const rows = series.flatMap((one) => one.rows);
    if (rows.length === 0) continue;
    for (const { delta, policy } of rows) {
      deltas.add(delta);
      policies.add(policy === 'order' ? 'in the order of scores' : 'drawn as Plackett–Luce policies');
    }
    const worst = rows.reduce((lowest, { bound }) => Math.min(lowest, bound), Infinity);
    const below = rows.filter(({ bound }) => bound < 0).length;
    const least = `at least ${signed(worst)} DCG per session`;
    if (below === 0) safe.push(`${title} (${least})`);
    else others.push(`${title} (${rows.length === 1 ? least : `in ${below} of ${rows.length} seeds, at worst ${least}`})`);
  }
  const parts = [
    ...(safe.length > 0 ? [`safe: ${safe.join(', ')}`] : []),
    ...(others.length > 0 ? [`not told to be safe: ${others.join(', ')}`] : []),
  ];
  return parts.length === 0
    ? null
    : `Against the lists of the log, ${[...policies].join(' or ')}, δ ${[...deltas].join(', ')}: ${parts.join('; ')}`;
});
