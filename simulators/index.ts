export { attractionFromLabels } from './attraction.ts';
export { type ClickSimulation, simulateClickLog } from './click-log.ts';
export { type DocumentOptions, type DocumentProbabilities, documentProbabilities } from './document-probabilities.ts';
export { type InformationNeedOptions, informationNeedOptions, informationNeeds, sessionsOfNeeds } from './information-needs.ts';
export { type Intervention, type InterventionChoice, interventions, makeIntervention } from './interventions.ts';
export { type ProductionRanker, productionRanker } from './production-ranker.ts';
export * from './recommendation/index.ts';
export { redrawClicks } from './redraw-clicks.ts';
export { sampleOneByOne } from './sample-one-by-one.ts';
export { type SearchSessionOptions, searchSessionOptions } from './search-session-options.ts';
export {
  drawSearchSessions,
  type SearchSimulation,
  type SimulatedSearchSessions,
  simulateSearchSessions,
  simulateSessionsWithTruth,
} from './search-sessions.ts';
export type { SearchSessionTruth } from './search-user.ts';
export { effortSeconds, expectedSatisfaction, type RatingOptions, rate, ratingOptions } from './session-rating.ts';
export { type ListPolicy, type ShownLists, shownLists } from './shown-lists.ts';
export { type SimulationTruth, truthOf } from './truth.ts';
export { readTruth, truthToJson, writeTruth } from './truth-file.ts';
