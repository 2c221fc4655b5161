import { carouselCascade } from './carousel-cascade.ts';
import { cascade } from './cascade.ts';
import { cascadeUsers } from './cascade-users.ts';
import { clickChain } from './click-chain.ts';
import type { ClickModelEntry } from './click-model.ts';
import { contextualPositionBased } from './contextual-position-based.ts';
import { dependentClick } from './dependent-click.ts';
import { documentCtr } from './document-ctr.ts';
import { documentRankCtr } from './document-rank-ctr.ts';
import { dynamicBayesian } from './dynamic-bayesian.ts';
import { globalCtr } from './global-ctr.ts';
import { grid } from './grid.ts';
import { mixtureOf } from './mixture.ts';
import { pagesOf } from './pages.ts';
import { positionBased } from './position-based.ts';
import { randomClick } from './random-click.ts';
import { rankCtr } from './rank-ctr.ts';
import { simplifiedDynamicBayesian } from './simplified-dynamic-bayesian.ts';
import { trustBias } from './trust-bias.ts';
import { userBrowsing } from './user-browsing.ts';

export { checkList, checkNoPager, type Shown } from './check-list.ts';
export { type ClickModel, type ClickModelEntry, type CountedPattern, clickModel } from './click-model.ts';
export { clicksTellDocuments } from './clicks-tell-documents.ts';
export type { ShownList, Walk } from './code/walk-code.ts';
export {
  and,
  type Behaviour,
  type ClickModelDefinition,
  type Expression,
  either,
  gone,
  latent,
  not,
  relativeTables,
  type Table,
  type Way,
} from './definition.ts';
export { type ClickModelDiagnosis, diagnoseClickModel, type TableDiagnosis } from './diagnose.ts';
export { eyeTracking } from './examination-curve.ts';
export { examinationTold } from './examination-told.ts';
export type { BetaPrior } from './fit/beta-prior.ts';
export { type DocumentLogits, featureLogits, hashedLogits, ownLogits, quotientRemainderLogits } from './fit/document-logits.ts';
export { checkContexts, clicksInWords, type FitLog, tellsContexts } from './fit/event-tables.ts';
export { type DocumentScorer, type FitStep, type FittedClickModel, fitClickModel } from './fit/expectation-maximisation.ts';
export { type DocumentFeatures, fitClickModelBy } from './fit/fit-by.ts';
export { type FitOptions, fitFault, fitOptions, fromFeatures } from './fit/fit-options.ts';
export { fitByGradient, type GradientOptions, gradientOptions } from './fit/gradient.ts';
export { type CurveOfFit, type FitIntervals, fewestResamples, fitIntervals, tableIntervals } from './fit/table-intervals.ts';
export { type SessionLatents, sampleLatents } from './latents.ts';
export { clickMarginals, examinationMarginals } from './marginals.ts';
export { contextsFor, readStoredClickModel, type StoredClickModel, valuesFor, writeClickModel } from './model-file.ts';
export { perPosition } from './per-position.ts';
export { type ClickModelScore, type PerplexityScore, scoreClickModel } from './score.ts';
export { clickProbabilities, examinationGivenClicks, logLikelihood, sampleCounts, sampleSession } from './walk.ts';

export {
  carouselCascade,
  cascade,
  cascadeUsers,
  clickChain,
  contextualPositionBased,
  dependentClick,
  documentCtr,
  documentRankCtr,
  dynamicBayesian,
  globalCtr,
  grid,
  positionBased,
  randomClick,
  rankCtr,
  simplifiedDynamicBayesian,
  trustBias,
  userBrowsing,
};

const kinds = {
  'position-based': positionBased,
  'contextual-position-based': contextualPositionBased,
  'trust-bias': trustBias,
  'user-browsing': userBrowsing,
  cascade,
  'dependent-click': dependentClick,
  'click-chain': clickChain,
  'dynamic-bayesian': dynamicBayesian,
  'simplified-dynamic-bayesian': simplifiedDynamicBayesian,
  'cascade-users': cascadeUsers,
  grid,
  'carousel-cascade': carouselCascade,
  'random-click': randomClick,
  'global-ctr': globalCtr,
  'rank-ctr': rankCtr,
  'document-ctr': documentCtr,
  'document-rank-ctr': documentRankCtr,
} satisfies Readonly<Record<string, ClickModelEntry>>;

const lists = { ...kinds, mixture: mixtureOf(kinds) } satisfies Readonly<Record<string, ClickModelEntry>>;

/** Every click model by name; `create` takes decoded options and the number of positions. A new model is one file and one line here. */
export const clickModels = { ...lists, pages: pagesOf(lists) } satisfies Readonly<Record<string, ClickModelEntry>>;
