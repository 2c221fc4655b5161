import { clickModels } from '../../click-models/index.ts';
import { attractionFromLabels, type ClickSimulation, simulateClickLog } from '../../simulators/index.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { createRng } from '../../src/random/rng.ts';
import type { BenchLine } from './bench-line.ts';

const positions = 10;

/** Queries of ten documents with grades 0 to 4 and no features: simulation looks at labels and scores only. */
function gradedQueries(queries: number): QuerySet {
  const rng = createRng('bench-simulation');
  const documents = queries * positions;
  return {
    queryIds: Array.from({ length: queries }, (_, q) => String(q)),
    docIds: Array.from({ length: documents }, (_, d) => String(d % positions)),
    offsets: Uint32Array.from({ length: queries + 1 }, (_, q) => q * positions),
    features: new Float32Array(0),
    featureCount: 0,
    labels: Float32Array.from({ length: documents }, () => Math.floor(5 * rng.next() ** 2)),
  };
}

/** Sessions per second of one simulation, its log compact in the end. */
function sessionsPerSecond(simulation: ClickSimulation): number {
  const start = performance.now();
  simulateClickLog(simulation, createRng('bench-clicks'));
  return (1000 * simulation.sessions) / (performance.now() - start);
}

/** Sessions simulated per second: position-based lists of ten one by one, then counted, 10⁹ over 1,000 lists, against that. */
export async function benchSimulation(): Promise<BenchLine[]> {
  const querySet = gradedQueries(1000);
  const world = {
    querySet,
    scores: new Float32Array(querySet.labels.length),
    attraction: attractionFromLabels(querySet.labels, { noise: 0.1, highestGrade: 4 }),
    positions,
  };
  const positionBased = clickModels['position-based'].create({ examination: 'eye-tracking', eta: 1 }, positions);
  const cascade = clickModels.cascade.create({}, positions);
  sessionsPerSecond({ ...world, clickModel: positionBased, sessions: 100_000, sampling: 'one-by-one' }); // warms the compiler
  const oneByOne = sessionsPerSecond({ ...world, clickModel: positionBased, sessions: 5_000_000, sampling: 'one-by-one' });
  const baseline = 'position-based one by one';
  const unit = 'sessions/s';
  const counted = [positionBased, cascade].map((clickModel) => {
    const value = sessionsPerSecond({ ...world, clickModel, sessions: 1e9 });
    return { name: `10⁹ sessions of 10, ${clickModel.name}, counted`, value, unit, ratio: value / oneByOne, baseline };
  });
  return [{ name: 'sessions of 10, position-based, one by one', value: oneByOne, unit }, ...counted];
}
