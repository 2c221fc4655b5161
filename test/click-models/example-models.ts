import { type ClickModel, cascade, dependentClick, positionBased, trustBias } from '../../click-models/index.ts';

const positions = 5;

/** One model per way of giving options, extremes included. A new click model joins here and inherits the contract. */
export const exampleModels: { readonly title: string; readonly model: ClickModel }[] = [
  { title: 'position-based, eye tracking', model: positionBased.create({ examination: 'eye-tracking', eta: 1 }, positions) },
  { title: 'position-based, 1/rank²', model: positionBased.create({ examination: 'inverse-rank', eta: 2 }, positions) },
  { title: 'position-based, own values', model: positionBased.create({ examination: [1, 0.4, 0.6, 0, 0.05, 0.9], eta: 0.5 }, positions) },
  { title: 'cascade', model: cascade.create({}, positions) },
  { title: 'dependent click, one λ', model: dependentClick.create({ continuation: 0.6 }, positions) },
  { title: 'dependent click, λ per position', model: dependentClick.create({ continuation: [1, 0.5, 0, 0.9, 0.3] }, positions) },
  { title: 'dependent click, λ = 0', model: dependentClick.create({ continuation: 0 }, positions) },
  { title: 'dependent click, λ = 1', model: dependentClick.create({ continuation: 1 }, positions) },
  { title: 'trust bias, Oosterhuis', model: trustBias.create({ affine: null }, positions) },
  {
    title: 'trust bias, own α and β',
    model: trustBias.create({ affine: { alpha: [0.35, 0.53, 0, 0.4, 0.9], beta: [0.65, 0.26, 0, 0, 0.1] } }, positions),
  },
];

/** Lists to show: attraction of 0 and 1 included, shorter ones too. */
export const exampleLists: readonly Float64Array[] = [
  Float64Array.of(0.9, 0.2, 0.6, 0.1, 0.5),
  Float64Array.of(0.3, 1, 0.4, 0, 0.7),
  Float64Array.of(1, 1, 0.5, 0.5),
  Float64Array.of(0, 0, 0),
  Float64Array.of(0.37),
  new Float64Array(0),
];

/** All 2^K click patterns; bit k of the index is the click at position k. */
export const patternsOf = (length: number): Uint8Array[] =>
  Array.from({ length: 2 ** length }, (_, bits) => Uint8Array.from({ length }, (__, k) => (bits >> k) & 1));

export const patternIndex = (clicks: Uint8Array): number => clicks.reduce((bits, click, k) => bits | (click << k), 0);
