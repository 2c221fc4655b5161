import { type ClickModel, clickModels } from '../../click-models/index.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { make } from '../../src/registry.ts';

const positions = 6;

/** Choices of models as configs have them, one per way of giving options, extremes included. A new click model joins here and inherits the contract. */
export const exampleChoices: readonly (readonly [title: string, name: keyof typeof clickModels, options?: object])[] = [
  ['position-based, eye tracking', 'position-based'],
  ['position-based, 1/rank²', 'position-based', { examination: 'inverse-rank', eta: 2 }],
  ['position-based, own values', 'position-based', { examination: [1, 0.4, 0.6, 0, 0.05, 0.9], eta: 0.5 }],
  ['cascade', 'cascade'],
  ['dependent click, one λ', 'dependent-click'],
  ['dependent click, λ per position', 'dependent-click', { continuation: [1, 0.5, 0, 0.9, 0.3, 0.2] }],
  ['dependent click, λ = 0', 'dependent-click', { continuation: 0 }],
  ['dependent click, λ = 1', 'dependent-click', { continuation: 1 }],
  ['trust bias, Oosterhuis', 'trust-bias'],
  ['trust bias, own α and β', 'trust-bias', { affine: { alpha: [0.35, 0.53, 0, 0.4, 0.9, 0.2], beta: [0.65, 0.26, 0, 0, 0.1, 0.3] } }],
  ['click chain', 'click-chain'],
  ['click chain, extremes', 'click-chain', { afterSkip: 1, afterClick: 0.2, afterSatisfaction: 0 }],
  ['dynamic Bayesian', 'dynamic-bayesian'],
  ['dynamic Bayesian, γ = 1', 'dynamic-bayesian', { continuation: 1 }],
  ['simplified dynamic Bayesian', 'simplified-dynamic-bayesian'],
  ['user browsing', 'user-browsing', { eta: 0.5 }],
  ['user browsing, by distance', 'user-browsing', { by: 'distance', examination: [0.9, 0.7, 0, 0.4, 0.3, 0.2] }],
  ['cascade users', 'cascade-users'],
  ['cascade users that stop anywhere', 'cascade-users', { stop: 'when-examined' }],
  ['contextual, first context', 'contextual-position-based'],
  ['grid, separable', 'grid', { columns: 2 }],
  ['grid, in an F', 'grid', { columns: 3, pattern: 'f-shaped' }],
  ['grid, rows skipped', 'grid', { columns: 2, pattern: 'row-skipping', rows: [0.5, 0.9, 0.3], columnsExamined: [0.3, 0.8] }],
  ['carousels', 'carousel-cascade', { columns: 3, page: 2 }],
  ['random click', 'random-click', { rate: 0.3 }],
  ['global rate', 'global-ctr'],
  ['rank rate', 'rank-ctr'],
  ['document rate', 'document-ctr'],
  ['document-rank rate', 'document-rank-ctr'],
  ['mixture', 'mixture'],
  ['mixture of three', 'mixture', { models: [{ name: 'user-browsing', weight: 2 }, { name: 'random-click', weight: 0.5 }, 'click-chain'] }],
  ['mixture with contexts and cascade users', 'mixture', { models: ['contextual-position-based', 'cascade-users'] }],
  ['mixture with a rate for each rank', 'mixture', { models: ['document-rank-ctr', { name: 'random-click', rate: 0.2, weight: 0.3 }] }],
  ['pages', 'pages', { pageSize: 2 }],
  ['pages of position-based, each begun anew', 'pages', { model: 'position-based', pageSize: 2, ranks: 'page', nextPage: [0.4, 0.8] }],
  ['pages of user browsing', 'pages', { model: 'user-browsing', pageSize: 3 }],
  ['pages of a cascade', 'pages', { model: 'cascade', pageSize: 1, nextPage: 0.6 }],
  ['pages of a mixture', 'pages', { model: { name: 'mixture', models: ['position-based', 'dependent-click'] }, pageSize: 2 }],
  ['pages of rows', 'pages', { model: { name: 'grid', columns: 2, pattern: 'row-skipping' }, pageSize: 3 }],
  ['pages of carousels, each begun anew', 'pages', { model: { name: 'carousel-cascade', columns: 2 }, pageSize: 4, ranks: 'page' }],
  ['pages, logged', 'pages', { pageSize: 2, pager: 'next' }],
  ['pages of user browsing, logged', 'pages', { model: 'user-browsing', pageSize: 1, pager: 'next', nextPage: [0.4, 0.8, 0.5] }],
  ['pages of a cascade, logged', 'pages', { model: 'cascade', pageSize: 2, pager: 'next' }],
  [
    'pages of rows, logged',
    'pages',
    { model: { name: 'grid', columns: 1, pattern: 'f-shaped' }, pageSize: 2, ranks: 'page', pager: 'next' },
  ],
];

export const exampleModels: readonly { readonly title: string; readonly model: ClickModel }[] = exampleChoices.map(
  ([title, name, options = {}]) => {
    const decoded = decodeOptions(name, clickModels[name].options, options) as object;
    return { title, model: make('click model', clickModels, { name, ...decoded } as never, positions) };
  },
);

export interface ExampleList {
  readonly attraction: Float64Array;
  readonly satisfaction: Float64Array;
}

/** Lists to show: attraction of 0 and 1 included, shorter ones too. */
export const exampleLists: readonly ExampleList[] = [
  { attraction: Float64Array.of(0.9, 0.2, 0.6, 0.1, 0.5), satisfaction: Float64Array.of(0.3, 0.9, 0.5, 0, 1) },
  { attraction: Float64Array.of(0.3, 1, 0.4, 0, 0.7), satisfaction: Float64Array.of(0, 0.5, 1, 0.2, 0.4) },
  { attraction: Float64Array.of(1, 1, 0.5, 0.5), satisfaction: Float64Array.of(1, 0.2, 0.7, 0.6) },
  { attraction: Float64Array.of(0.2, 0.4, 0.3, 0.6, 0.5, 0.7), satisfaction: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6) },
  { attraction: Float64Array.of(0, 0, 0), satisfaction: Float64Array.of(0, 0.4, 0.2) },
  { attraction: Float64Array.of(0.37), satisfaction: Float64Array.of(0.5) },
  { attraction: new Float64Array(0), satisfaction: new Float64Array(0) },
];

/** All 2^K click patterns; bit k of the index is the click at position k. */
export const patternsOf = (length: number): Uint8Array[] =>
  Array.from({ length: 2 ** length }, (_, bits) => Uint8Array.from({ length }, (__, k) => (bits >> k) & 1));

export function patternIndex(clicks: ArrayLike<number>): number {
  let bits = 0;
  for (let k = 0; k < clicks.length; k++) bits |= clicks[k] << k;
  return bits;
}
