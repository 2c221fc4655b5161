import { eventTables } from '../../click-models/fit/event-tables.ts';
import { type ClickModel, clickModels, type FitLog, type FitOptions, fitClickModel, fitOptions } from '../../click-models/index.ts';
import { attractionFromLabels, simulateClickLog } from '../../simulators/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { createRng } from '../../src/random/rng.ts';
import type { BenchLine } from './bench-line.ts';
import { loggedSessions } from './click-model-logs.ts';

const positions = 10;
const names = ['position-based', 'user-browsing', 'dynamic-bayesian', 'click-chain', 'dependent-click'] as const;

function modelOf(name: (typeof names)[number]): ClickModel {
  const { options, create } = clickModels[name];
  return (create as (chosen: unknown, K: number) => ClickModel)(decodeOptions(name, options as never, {}), positions);
}
const options = (given: Partial<FitOptions>) => decodeOptions('fit', fitOptions, given) as FitOptions;

/** Milliseconds of the middle of some runs, after some that warm the compiler. */
function middle(runs: number, run: () => void): number {
  for (let i = 0; i < 3; i++) run();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

/** One iteration of expectation–maximisation: events counted over all sessions, tables set to their shares. */
function iteration(model: ClickModel, fit: FitLog): () => void {
  const { values, counts, free, rows, countEvents } = eventTables(model, fit);
  return () => {
    for (const name of free) counts[name].fill(0);
    countEvents(rows, fit.log.count, 0, fit.log.count.length);
    for (const name of free)
      for (let i = 0; i < values[name].length; i++) {
        const [happened, not] = [counts[name][2 * i], counts[name][2 * i + 1]];
        values[name][i] = (happened + 1) / (happened + not + 2);
      }
  };
}

/** The position-based iteration as it is usually written: an object a document and rank, a session after the other. */
function plainIteration({ log }: FitLog): () => void {
  const attraction = new Map<string, { p: number; happened: number; all: number }>();
  const examination = Array.from({ length: positions }, () => ({ p: 0.5, happened: 1, all: 2 }));
  const sessions = Array.from(log.list, (l, row) => ({
    docs: Array.from(log.docs.subarray(log.offsets[l], log.offsets[l + 1]), String),
    clicks: Array.from(log.clicks.subarray(log.clickOffsets[row], log.clickOffsets[row + 1])),
  }));
  for (const { docs } of sessions) for (const doc of docs) attraction.set(doc, { p: 0.5, happened: 1, all: 2 });
  return () => {
    for (const { docs, clicks } of sessions)
      for (const [k, doc] of docs.entries()) {
        const [a, e] = [attraction.get(doc) as { p: number; happened: number; all: number }, examination[k]];
        a.happened += clicks[k] === 1 ? 1 : ((1 - e.p) * a.p) / (1 - e.p * a.p);
        e.happened += clicks[k] === 1 ? 1 : ((1 - a.p) * e.p) / (1 - e.p * a.p);
        a.all++;
        e.all++;
      }
    for (const one of [...attraction.values(), ...examination]) [one.p, one.happened, one.all] = [one.happened / one.all, 1, 2];
  };
}

/** Sessions a second of one iteration of fitting: 100,000 sessions of ten, no two alike; and 10⁹ sessions over 1,000 lists, drawn, fitted to convergence. */
export function benchClickModels(): BenchLine[] {
  const sessions = 100_000;
  const baseline = 'the position-based iteration over objects, session by session';
  let plain = 0;
  const lines = names.map((name): BenchLine => {
    const model = modelOf(name);
    const fit = loggedSessions(model, { sessions, positions, queries: 1000, documents: 50 });
    plain ||= (1000 * sessions) / middle(3, plainIteration(fit));
    const value = (1000 * sessions) / middle(15, iteration(model, fit));
    return { name: `an iteration of fitting, 100,000 sessions of 10, ${name}`, value, unit: 'sessions/s', ratio: value / plain, baseline };
  });
  return [...lines, ...(['position-based', 'dynamic-bayesian'] as const).map(billion)];
}

function billion(name: (typeof names)[number]): BenchLine {
  const documents = 1000 * positions;
  const querySet = {
    queryIds: Array.from({ length: 1000 }, (_, q) => String(q)),
    docIds: Array.from({ length: documents }, (_, d) => String(d % positions)),
    offsets: Uint32Array.from({ length: 1001 }, (_, q) => q * positions),
    features: new Float32Array(0),
    featureCount: 0,
    labels: Float32Array.from({ length: documents }, (_, d) => (d * 7) % 5),
  };
  const attraction = attractionFromLabels(querySet.labels, { noise: 0.1, highestGrade: 4 });
  const clickModel = modelOf(name);
  const world = {
    querySet,
    scores: new Float32Array(documents),
    attraction,
    satisfaction: attraction,
    clickModel,
    sessions: 1e9,
    positions,
  };
  const { log } = simulateClickLog({ ...world, temperature: 1, listsPerQuery: 1 }, createRng('bench-billion-fit'));
  const start = performance.now();
  fitClickModel(clickModel, { log, documents }, options({}));
  return {
    name: `10⁹ sessions of 1,000 lists fitted, ${name}, ${log.list.length.toLocaleString('en')} rows`,
    value: (performance.now() - start) / 1000,
    unit: 's',
  };
}

/** 10⁷ sessions with 10⁶ pairs of a query and a document, both by Zipf's law: the dynamic Bayesian model to convergence. @param unsorted sessions of all queries among each other */
export function benchLargeClickLog(unsorted: boolean): BenchLine[] {
  const model = modelOf('dynamic-bayesian');
  const fit = loggedSessions(model, { sessions: 1e7, positions, queries: 20_000, documents: 50, zipf: true, unsorted });
  const start = performance.now();
  const { convergence, converged } = fitClickModel(model, fit, options({}));
  const seconds = (performance.now() - start) / 1000;
  const passes = convergence[convergence.length - 1].pass;
  return [
    {
      name: `10⁷ sessions, 10⁶ documents, ${unsorted ? 'not ' : ''}sorted by query, fitted, dynamic-bayesian, ${passes} passes${converged ? '' : ', not converged'}`,
      value: seconds,
      unit: 's',
    },
    { name: 'memory at its highest', value: process.resourceUsage().maxRSS / 1024, unit: 'MiB' },
  ];
}
