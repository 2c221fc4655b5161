import { type ClickModel, checkNoPager } from '../../../click-models/index.ts';
import { examinationCurve, type LoggedClicks } from '../../../estimators/index.ts';
import {
  type ClickSimulation,
  type DocumentOptions,
  documentProbabilities,
  makeIntervention,
  type ProductionRanker,
  productionRanker,
  type SimulationTruth,
  simulateClickLog,
} from '../../../simulators/index.ts';
import { type ClickLog, clickSums } from '../../../src/data/click-log.ts';
import type { DataSplits, QuerySet } from '../../../src/data/query-set.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { make } from '../../../src/registry.ts';
import type { Parts } from '../../parts/parts.ts';
import type { Logs } from './learning-input.ts';
import { highestGrade } from './load-data.ts';
import type { RankingConfig } from './ranking-config.ts';

interface Drawn {
  readonly log: ClickLog;
  readonly truth: SimulationTruth;
  readonly contexts: Uint32Array | null; // of each list, where the click model tells them apart
}

/** What is drawn with one seed: plain data, which can be kept. */
export interface DrawnLogs {
  readonly train: Drawn;
  readonly validation: Drawn | null;
  readonly randomised: Drawn | null;
}

/** The logs of one seed, and apart from what learners see, what they were drawn from. */
export interface SimulatedLogs {
  readonly logs: Logs;
  readonly drawn: DrawnLogs;
  readonly propensities: Float64Array; // true θ_k / θ_0 in the training log; its mean over lists where they differ
}

/** The configured click model. @throws UsageError where its options do not suit the positions, or what a simulation shows */
export const makeClickModel = (
  { clickModels }: Pick<Parts, 'clickModels'>,
  { clickModel, positions }: RankingConfig['simulation'],
): ClickModel => {
  const model: ClickModel = make('click model', clickModels, clickModel, positions);
  checkNoPager(model);
  return model;
};

/** How documents come to be clicked and to satisfy. @param highestGrade of the label scale */
export const documentOptions = (
  { simulation: { noise, attraction, satisfaction }, data: { gains } }: DrawConfig,
  highestGrade: number,
): DocumentOptions => ({ noise, highestGrade, gains, attractionByGrade: attraction, satisfactionByGrade: satisfaction });

/** What logs are drawn by. */
export type DrawConfig = Pick<RankingConfig, 'simulation' | 'data'>;

/** The ranker that orders the lists of a seed, or those of one of its policies, which learns by its own. */
const makeProduction = (
  { simulation, data: { gains } }: DrawConfig,
  { train }: DataSplits,
  grade: number,
  rng: Rng,
  { share, stream } = { share: simulation.production.share, stream: 'production' },
): ProductionRanker => productionRanker(train, { share, highestGrade: grade, gains }, rng.fork(stream));

/** Draws the training, validation and randomised click logs of one seed. */
export function drawLogs(parts: Pick<Parts, 'clickModels'>, config: DrawConfig, splits: DataSplits, rng: Rng): DrawnLogs {
  const {
    simulation,
    data: { gains },
  } = config;
  const grade = highestGrade(splits, gains);
  const { positions, temperature, listsPerQuery } = simulation;
  const clickModel = makeClickModel(parts, simulation);
  const production = makeProduction(config, splits, grade, rng);
  const policies = simulation.policies?.map((own, p) => ({
    share: own.share,
    production: own.production && makeProduction(config, splits, grade, rng, { share: own.production.share, stream: `production ${p}` }),
    temperature: own.temperature ?? temperature,
    listsPerQuery: own.listsPerQuery ?? listsPerQuery,
  }));
  const draw = (
    querySet: QuerySet,
    sessions: number,
    stream: string,
    policy: (
      querySet: QuerySet,
      scores: Float32Array,
    ) => Pick<ClickSimulation, 'temperature' | 'listsPerQuery' | 'shuffled' | 'intervention' | 'policies'>,
  ) => {
    if (sessions === 0) return null;
    const scores = production(querySet);
    const documents = documentProbabilities(clickModel, querySet.labels, documentOptions(config, grade));
    return simulateClickLog(
      { querySet, scores, ...documents, clickModel, sessions, positions, ...policy(querySet, scores) },
      rng.fork(stream),
    );
  };
  const policy = (querySet: QuerySet, scores: Float32Array) => ({
    temperature,
    listsPerQuery,
    ...(policies && { policies: policies.map(({ production: own, ...of }) => ({ ...of, scores: own ? own(querySet) : scores })) }),
  });
  const train = draw(splits.train, simulation.sessions, 'clicks', policy) as Drawn;
  const validation = draw(splits.validation, simulation.validationSessions, 'validation-clicks', policy);
  const intervention = makeIntervention(simulation.intervention, positions);
  const draws = intervention.drawn
    ? Math.max(1, Math.round(Math.min(100, simulation.randomisedSessions / (splits.train.offsets.length - 1)) / positions)) // each shows as many as positions
    : 1;
  const randomised = draw(splits.train, simulation.randomisedSessions, 'randomised-clicks', () => ({
    listsPerQuery: draws,
    shuffled: true,
    intervention,
  }));
  return { train, validation, randomised };
}

/** What was drawn with a seed, as learners see it. */
export function asLogs(config: RankingConfig, splits: DataSplits, drawn: DrawnLogs, rng: Rng): SimulatedLogs {
  const { train, validation, randomised } = drawn;
  const { gains } = config.data;
  const grade = highestGrade(splits, gains);
  let made: ProductionRanker | null = null; // few methods ask for it
  const production = () => {
    made ??= makeProduction(config, splits, grade, rng);
    return made;
  };
  return {
    logs: {
      train: logged(splits.train, train),
      heldOut: validation && logged(splits.validation, validation),
      randomised: randomised?.log ?? null,
      production: Object.assign((set: QuerySet) => production()(set), { record: () => production().record }),
      highestGrade: grade,
      gains,
    },
    drawn,
    propensities: truePropensities(train),
  };
}

/** What a learner sees of a drawn log: the clicks, the bias for an oracle, and the attraction, which only references are given. */
const logged = (querySet: QuerySet, { log, truth }: Drawn): LoggedClicks => ({
  querySet,
  log,
  knownBias: { examination: truth.examination, affine: truth.affine },
  knownAttraction: truth.attraction,
});

/** Examination relative to the first position, as the mean over the sessions of the log. */
function truePropensities({ log, truth: { examination } }: Drawn): Float64Array {
  if (examination.kind === 'examination') return examination.examination.map((theta) => theta / examination.examination[0]);
  return examinationCurve(log, examination.examination, clickSums(log).sessions);
}
