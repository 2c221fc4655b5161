import {
  documentProbabilities,
  informationNeeds,
  type SimulatedSearchSessions,
  sessionsOfNeeds,
  simulateSessionsWithTruth,
} from '../../simulators/index.ts';
import type { Accounting } from '../../src/data/accounting.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { readSvmlight } from '../../src/data/read-svmlight.ts';
import { type GainRule, type GainScale, gainScale, highestOfTable } from '../../src/label-gains.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import { createRng, type Rng } from '../../src/random/rng.ts';
import { make } from '../../src/registry.ts';
import { builtInParts, type Parts } from '../parts/parts.ts';
import type { OnProgress } from '../terminal/progress.ts';
import type { SessionSimulationConfig } from './session-simulation-config.ts';

/** The search sessions of one system. */
export interface SystemSessions extends SimulatedSearchSessions {
  readonly system: string;
}

/** The search sessions of every system, which all meet the same users with the same needs. @param onRead gets the account of a file of queries */
export async function simulateSessionLogs(
  config: SessionSimulationConfig,
  onProgress: OnProgress = () => {},
  { clickModels }: Pick<Parts, 'clickModels'> = builtInParts,
  onRead: (accounting: readonly Accounting[]) => void = () => {},
): Promise<SystemSessions[]> {
  const { seed, sessions, queries, needs, clickModel, positions, gains, noise, systems, users } = config;
  const rng = createRng(`search-sessions/${seed}`);
  const querySet = queries === null ? informationNeeds(needs, rng.fork('needs')) : await readQueries(queries, gains, onRead);
  const highestGrade =
    highestOfTable(gains) ?? querySet.labels.reduce((high, label) => Math.max(high, label), queries === null ? needs.grades.length - 1 : 1);
  const sessionsPerNeed = sessionsOfNeeds(sessions, querySet.queryIds.length, needs.popularity, rng.fork('sessions'));
  const model = make('click model', clickModels, clickModel, positions);
  const documents = documentProbabilities(model, querySet.labels, { noise, highestGrade, gains });
  return systems.map((system, s) => {
    onProgress({ stage: 'simulate', done: s, total: systems.length, detail: system.name });
    const scores = noisyScores(querySet, gainScale(gains, highestGrade), system.noise, rng.fork(`scores/${system.name}`));
    const simulation = {
      querySet,
      scores,
      ...documents,
      clickModel: model,
      sessionsPerNeed,
      positions,
      highestGrade,
      gains,
      options: users,
    };
    return { system: system.name, ...simulateSessionsWithTruth(simulation, rng.fork('users')) };
  });
}

async function readQueries(path: string, gains: GainRule, onRead: (accounting: readonly Accounting[]) => void): Promise<QuerySet> {
  const set = await readSvmlight(path, { gains, missing: 'keep' });
  onRead(set.accounting);
  return set;
}

/** g(y)/g(H) + σz per document; unjudged documents have no gain. */
function noisyScores({ labels }: QuerySet, { gain, highest }: GainScale, sigma: number, rng: Rng): Float64Array {
  return Float64Array.from(labels, (label) => gain(label) / highest + sigma * gaussian(rng));
}
