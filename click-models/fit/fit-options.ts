import { decodeOptions } from '../../src/decode-options.ts';
import {
  above,
  array,
  boolean,
  type Decoded,
  integer,
  modelWidth,
  nullable,
  optional,
  picklist,
  positive,
  real,
  strictObject,
  union,
} from '../../src/schema.ts';
import type { ClickModel } from '../click-model.ts';

const sources = ['documents', 'hash', 'quotient-remainder', 'features'] as const;

/** How a click model is fitted. */
export const fitOptions = strictObject({
  /** Exact expectation–maximisation; one count of the log, for models in which clicks hide nothing, or nothing above the last; or the gradient in log-odds, by Adam. */
  method: optional(picklist(['em', 'counting', 'gradient']), 'em'),
  /** Of attraction and satisfaction: learnt from the log, none, or a strength in sessions about the mean that is learnt. Of the gradient a strength is about one half, and numbers that documents share have no prior that is learnt. */
  prior: optional(union([picklist(['learnt', 'none']), positive()]), 'learnt'),
  iterations: optional(integer(1, 100_000), 1000), // at most
  /** Stops where an iteration (of the gradient: ten) gains no more of the mean log-likelihood of a shown document. Null: em where the last third of its passes gained the log-likelihood of all sessions less than 0.01 (of more than 10⁸ documents shown 10⁻¹⁰ for each), so that parameters are within some tenths of a standard error of the maximum; the gradient at 1e-7. */
  tolerance: optional(nullable(real(0, 1)), null),
  accelerate: optional(boolean(), true), //          of em: extrapolates every second iteration (SQUAREM)
  /** Of em: fits that begin at different places, of which the best is kept. One suffices where the likelihood has one summit; of a mixture it may have several. */
  starts: optional(integer(1, 1000), 1),
  learningRate: optional(above(0), 0.05), //         of gradient
  /** Of gradient, what attraction and satisfaction are made of: a number a document, shared by hashing or by quotient and remainder, or a function of features, linear or a network. */
  attraction: optional(picklist(sources), 'documents'),
  satisfaction: optional(picklist(sources), 'documents'),
  compression: optional(real(1, 1e9), 10), //        documents for each shared number
  hidden: optional(array(modelWidth()), []), //      of features: sizes of hidden layers, of a network each for attraction and satisfaction; none: linear
});
/** How a click model is fitted. */
export type FitOptions = Decoded<typeof fitOptions>;

/** The methods that look at an option, of those that not all do. */
const usedBy = {
  iterations: ['em', 'gradient'],
  tolerance: ['em', 'gradient'],
  accelerate: ['em'],
  starts: ['em'],
  learningRate: ['gradient'],
} as const satisfies Partial<Record<keyof FitOptions, readonly FitOptions['method'][]>>;
const usual: FitOptions = decodeOptions('fit', fitOptions, {});

/** What keys of the options say together, or of a model, that makes no sense; null where nothing does. */
export function fitFault(options: FitOptions, { name, definition }: Pick<ClickModel, 'name' | 'definition'>): string | null {
  const { method, hidden } = options;
  const hides = countingFault({ name, definition });
  if (method === 'counting' && hides !== null) return hides;
  const shared = sharedTables(options)[0];
  if (method !== 'gradient' && shared !== undefined) return `${shared} from ${options[shared]} is fitted by gradient; set method: gradient`;
  const bare = sharedTables(options).find((table) => definition.tables[table]?.by !== 'document');
  if (bare !== undefined) return `${name} has no ${bare} by document that could come from ${options[bare]}; use ${bare}: documents`;
  if (hidden.length > 0 && fromFeatures(options).length === 0)
    return 'hidden layers are those of a network that makes attraction or satisfaction from features; set attraction: features';
  const idle = (Object.keys(usedBy) as (keyof typeof usedBy)[]).find(
    (key) => options[key] !== usual[key] && !(usedBy[key] as readonly string[]).includes(method),
  );
  if (idle !== undefined) return `${idle} is of method ${usedBy[idle].join(' or ')}, and ${method} has none; leave it out`;
  if (options.compression !== usual.compression && sharedTables(options).length === fromFeatures(options).length)
    return 'compression is of attraction or satisfaction by hash or quotient-remainder; set one of them so, or leave it out';
  return null;
}

/** Why a model cannot be fitted by counting; null where it can. */
export const countingFault = ({ name, definition }: Pick<ClickModel, 'name' | 'definition'>): string | null =>
  definition.counting === undefined ? `${name} cannot be fitted by counting, as clicks hide what its users did; use method em` : null;

/** The documents' tables that are made of numbers which documents share. */
export const sharedTables = (options: FitOptions) =>
  (['attraction', 'satisfaction'] as const).filter((table) => options[table] !== 'documents');

/** Those that are made of features. */
export const fromFeatures = (options: FitOptions) => sharedTables(options).filter((table) => options[table] === 'features');
