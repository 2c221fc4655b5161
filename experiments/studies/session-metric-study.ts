import { UsageError } from '../../src/errors.ts';
import {
  defaultMetaMetrics,
  numGrid,
  parseMetricGrid,
  scoreSessions,
  tuneMetric,
  type UndefinedRule,
} from '../../src/meta-evaluation/index.ts';
import { createRng } from '../../src/random/rng.ts';
import { type LabelSource, parseSessionMetric } from '../../src/session-metrics/index.ts';
import { correctDefined } from '../../src/stats/corrections.ts';
import { type CorrelationName, correlations } from '../../src/stats/correlations.ts';
import { type Estimate, meanInterval } from '../../src/stats/estimate.ts';
import { pairedTTest } from '../../src/stats/paired-t-test.ts';
import { decode } from '../config/decode.ts';
import { sessionSimulationConfig } from '../search-sessions/session-simulation-config.ts';
import { type SystemSessions, simulateSessionLogs } from '../search-sessions/simulate-session-logs.ts';

/** What simulated users are satisfied by, as options of their rating. Nothing here is known to be how real users are. */
export const satisfactionTruths = {
  'gain and effort': {},
  'gain only': { effortWeight: 0, saturation: null, gainWeight: 1.5, intercept: 1.8 },
  'effort above all': { effortWeight: 1.5, intercept: 4 },
} satisfies Record<string, object>;

/** Where labels come from, and what becomes of search sessions on which some metric is undefined. */
export const labellings: readonly { readonly labels: LabelSource; readonly undefinedRule: UndefinedRule }[] = [
  { labels: 'grade', undefinedRule: 'skip' },
  { labels: 'click', undefinedRule: 'skip' },
  { labels: 'click', undefinedRule: 'zero' },
];

/** How a session metric agrees with one kind of simulated satisfaction. */
export interface StudyRow {
  readonly truth: string;
  readonly labels: LabelSource;
  readonly undefinedRule: UndefinedRule;
  readonly metric: string;
  readonly correlation: Estimate; //        with satisfaction: mean over seeds, t interval
  readonly difference: Estimate | null; //  from NUM, paired by seed; null for NUM
  readonly adjustedP: number | null; //     paired t-test over seeds, Holm over the metrics of a truth and labelling
}

export interface StudyOptions {
  readonly seeds: number;
  readonly sessions: number; // per seed
  readonly correlation: CorrelationName;
  readonly onProgress?: (done: number, total: number) => void;
}

export const tunedRow = 'NUM, L and C tuned (held-out half)';
/** What satisfaction was made of, without its noise: how far agreement can go. */
export const truthRow = 'expected satisfaction (the truth)';

/**
 * All session metrics and the ablations of NUM against simulated satisfaction whose function is known, one world per seed.
 * The last two rows of a labelling are NUM tuned on half of a seed's search sessions, whose correlation and difference are those of the other
 * half, and the truth.
 * @throws UsageError on fewer than two seeds, and as the simulator and the metrics
 */
export async function sessionMetricStudy({ seeds, sessions, correlation, onProgress }: StudyOptions): Promise<StudyRow[]> {
  if (!(Number.isSafeInteger(seeds) && seeds >= 2)) throw new UsageError(`seeds must be a whole number of at least 2, got ${seeds}`);
  const rows: StudyRow[] = [];
  const total = Object.keys(satisfactionTruths).length * seeds;
  let done = 0;
  for (const [truth, rating] of Object.entries(satisfactionTruths)) {
    const worlds: SystemSessions[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const config = decode(sessionSimulationConfig, { seed, sessions, users: { rating } }, truth);
      worlds.push((await simulateSessionLogs(config))[0]);
    }
    const values = labellings.map(() => [] as number[][]); // [labelling][seed][metric], NUM tuned and untuned on the held-out half last
    for (const [s, world] of worlds.entries()) {
      for (const [l, labelling] of labellings.entries()) values[l].push(correlationsOf(world, labelling, correlation, `${truth}/${s}`));
      onProgress?.(++done, total);
    }
    for (const [l, labelling] of labellings.entries()) rows.push(...summarise(truth, labelling, values[l]));
  }
  return rows;
}

/** Of every metric, of NUM tuned and untuned on the held-out half, and of the truth. */
function correlationsOf(
  { sessions, truth }: SystemSessions,
  { labels, undefinedRule }: (typeof labellings)[number],
  name: CorrelationName,
  seed: string,
): number[] {
  const shared = { labels, highestGrade: labels === 'click' ? 1 : 4 };
  const column = (text: string) => ({ name: text, compute: parseSessionMetric(text, shared).compute });
  const scored = scoreSessions(sessions, defaultMetaMetrics().map(column), undefinedRule);
  const expected = new Map(truth.map(({ id, expectedSatisfaction }) => [id, expectedSatisfaction]));
  const known = scored.sessions.map(({ id }) => expected.get(id) as number);
  const once = new Float64Array(known.length).fill(1);
  const all = [...scored.values, known].map((values) => correlations[name].counted(values, scored.satisfaction)(once));
  const grid = parseMetricGrid(numGrid, shared);
  const tuning = { correlation: name, undefinedRule, resamples: 2 };
  const { heldOut, untuned } = tuneMetric(sessions, column('NUM'), grid, createRng(`study/${seed}`), tuning);
  return [...all.slice(0, -1), heldOut.value, untuned.heldOut.value, all[all.length - 1]];
}

/** @param values [seed][metric] */
function summarise(truth: string, labelling: (typeof labellings)[number], values: readonly (readonly number[])[]): StudyRow[] {
  const metrics = defaultMetaMetrics();
  const column = (m: number) => values.map((ofSeed) => ofSeed[m]);
  const n = metrics.length;
  const compared = [...metrics.keys()].slice(1).map((m) => [metrics[m], column(m), column(0)] as const);
  const last = [[tunedRow, column(n), column(n + 1)] as const, [truthRow, column(n + 2), column(0)] as const];
  const tests = [...compared, ...last].map(([metric, own, num]) => ({ metric, own, ...pairedTTest(own, num) }));
  const adjusted = correctDefined(
    'holm',
    tests.map(({ p }) => p),
  );
  const num = { truth, ...labelling, metric: 'NUM', correlation: meanInterval(column(0)), difference: null, adjustedP: null };
  return [
    num,
    ...tests.map(({ metric, own, difference }, t) => ({
      truth,
      ...labelling,
      metric,
      correlation: meanInterval(own),
      difference,
      adjustedP: adjusted[t],
    })),
  ];
}
