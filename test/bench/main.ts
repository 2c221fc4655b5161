import type { BenchLine } from './bench-line.ts';
import { benchBillionSessions } from './billion-sessions.ts';
import { benchMlpStep } from './mlp-step.ts';
import { benchRecommendation } from './recommendation.ts';
import { benchTwoRuns } from './run-jobs.ts';
import { benchSessionMetrics } from './session-metrics.ts';
import { benchSimulation } from './simulation.ts';
import { benchTrecRuns } from './trec-runs.ts';

/** Significant digits that a noisy machine can support. */
const round = (value: number): string => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

for (const bench of [
  benchMlpStep,
  benchSimulation,
  benchBillionSessions,
  benchRecommendation,
  benchTrecRuns,
  benchSessionMetrics,
  benchTwoRuns,
]) {
  const lines: BenchLine[] = await bench();
  for (const { name, value, unit, ratio, baseline } of lines)
    console.log(
      `${name.padEnd(72)} ${round(value).padStart(12)} ${unit}${ratio === undefined ? '' : `  ${round(ratio)}× ${baseline ?? 'the baseline'}`}`,
    );
}
