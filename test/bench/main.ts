import { writeFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAdvice } from './advice.ts';
import type { BenchLine } from './bench-line.ts';
import { benchBias, benchJointBias } from './bias.ts';
import { benchBiasCoverage } from './bias-coverage.ts';
import { benchBillionSessions, benchSessionCost } from './billion-sessions.ts';
import { benchClickLogs } from './click-logs.ts';
import { benchClickModels, benchLargeClickLog } from './click-models.ts';
import { benchDualLearning } from './dual-learning.ts';
import { benchImport } from './import.ts';
import { benchLargeLog } from './large-log.ts';
import { benchMlpStep } from './mlp-step.ts';
import { benchQuickstart, benchSweep } from './quickstart.ts';
import { benchRecommendation } from './recommendation.ts';
import { benchTwoRuns } from './run-jobs.ts';
import { benchSessionMetrics } from './session-metrics.ts';
import { benchSimulation } from './simulation.ts';
import { benchTrecRuns } from './trec-runs.ts';
import { benchTrees } from './trees.ts';
import { benchTreesRanking } from './trees-ranking.ts';

/** `npm run bench -- [names…] [--json FILE]`: these benchmarks, or all but the long ones; FILE gets the figures with what is known of the machine. */
const benchmarks: Readonly<Record<string, () => BenchLine[] | Promise<BenchLine[]>>> = {
  mlp: benchMlpStep,
  dla: () => benchDualLearning(),
  simulation: benchSimulation,
  billion: benchBillionSessions,
  recommendation: benchRecommendation,
  trec: benchTrecRuns,
  sessions: benchSessionMetrics,
  'click-logs': benchClickLogs,
  import: () => benchImport(),
  jobs: benchTwoRuns,
  'click-models': benchClickModels,
  bias: () => benchBias(),
  quickstart: benchQuickstart,
  sweep: () => benchSweep(8),
};
/** Those that take minutes, for who asks for them. */
const long: typeof benchmarks = {
  advice: () => benchAdvice(process.env.ADVICE_SEEDS?.split(',')),
  'bias-coverage': () => benchBiasCoverage(),
  'bias-joint': () => benchJointBias(),
  'click-models-large': () => benchLargeClickLog(false),
  'click-models-unsorted': () => benchLargeClickLog(true),
  'large-log': () => benchLargeLog(),
  'session-cost': () => benchSessionCost(),
  'sweep-200': () => benchSweep(200),
  trees: () => benchTrees(),
  'trees-ranking': () => benchTreesRanking(),
};
const known = { ...benchmarks, ...long };

/** Significant digits that a noisy machine can support. */
const round = (value: number): string => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryBytes: totalmem(),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.versions.node,
};

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const unknown = positionals.find((name) => !Object.hasOwn(known, name));
if (unknown !== undefined) {
  console.error(`error: unknown benchmark "${unknown}"; known: ${Object.keys(known).join(', ')}`);
  process.exit(2);
}
const measured: (BenchLine & { readonly benchmark: string })[] = [];
for (const benchmark of positionals.length > 0 ? positionals : Object.keys(benchmarks))
  for (const line of await known[benchmark]()) {
    measured.push({ benchmark, ...line });
    const { name, value, unit, ratio, baseline } = line;
    console.log(
      `${name.padEnd(72)} ${round(value).padStart(12)} ${unit}${ratio === undefined ? '' : `  ${round(ratio)}× ${baseline ?? 'the baseline'}`}`,
    );
  }
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ machine, date: new Date().toISOString(), measured }, null, 2)}\n`);
