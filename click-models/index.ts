import { cascade } from './cascade.ts';
import type { ClickModelEntry } from './click-model.ts';
import { dependentClick } from './dependent-click.ts';
import { positionBased } from './position-based.ts';
import { trustBias } from './trust-bias.ts';

export { checkList } from './check-list.ts';
export type { ClickModel, ClickModelEntry, CountedPattern } from './click-model.ts';
export { eyeTracking } from './examination-curve.ts';
export { perPosition } from './per-position.ts';
export { clickProbabilities, logLikelihood, sampleCounts, sampleSession } from './walk.ts';
export { cascade, dependentClick, positionBased, trustBias };

/** Every click model by name; `create` takes decoded options and the number of positions. A new model is one file and one line here. */
export const clickModels = {
  'position-based': positionBased,
  cascade,
  'dependent-click': dependentClick,
  'trust-bias': trustBias,
} satisfies Readonly<Record<string, ClickModelEntry>>;
