export { attractionFromLabels } from './attraction.ts';
export { type ClickSimulation, simulateClickLog } from './click-log.ts';
export { productionRanker } from './production-ranker.ts';
export * from './recommendation/index.ts';
export { sampleOneByOne } from './sample-one-by-one.ts';
export { type SearchSessionOptions, searchSessionOptions, simulateSearchSessions } from './search-sessions.ts';
export { type ListPolicy, type ShownLists, shownLists } from './shown-lists.ts';
export { type SimulationTruth, truthOf } from './truth.ts';
export { readTruth, truthToJson, writeTruth } from './truth-file.ts';
