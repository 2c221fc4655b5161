export {
  biasAdvice,
  clickModelLabelsName,
  nothingToTell,
  percent,
  ranksLinked,
  saidByFeatures,
  triedOn,
  type Users,
  usersOf,
  type Verdict,
  weightingAdvice,
} from './advice.ts';
export { type ContextGroups, diagnoseLog, type LogDiagnosis } from './diagnose-log.ts';
export { spreadByWeighting, type WeightingSpread } from './spread-by-weighting.ts';
