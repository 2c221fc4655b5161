import { gaussian } from '../../src/random/gaussian.ts';
import type { Rng } from '../../src/random/rng.ts';
import { type ClickModel, clickModel } from '../click-model.ts';
import type { FittedClickModel } from './expectation-maximisation.ts';

/** How far apart starts lie: standard deviation, in log-odds. */
const spread = 1;

/**
 * The best of several fits, which climb from different places: the likelihood of a mixture has several summits, and expectation–maximisation ends at the one that it begins below. The first begins at the model as it is, the others at its tables
 * moved at random in log-odds (McLachlan & Peel, Finite Mixture Models, 2000, §2.12). @returns the one of highest log-likelihood, as what they learn as prior differs, with that of a session that each came to
 */
export function bestOfStarts(start: ClickModel, starts: number, rng: Rng, climb: (from: ClickModel) => FittedClickModel): FittedClickModel {
  const fits = Array.from({ length: starts }, (_, i) => climb(i === 0 ? start : moved(start, rng)));
  const best = fits.reduce((highest, one) => (one.logLikelihood > highest.logLikelihood ? one : highest));
  return { ...best, starts: fits.map(({ logLikelihood }) => logLikelihood) };
}

function moved({ definition, parameters, positions, contexts }: ClickModel, rng: Rng): ClickModel {
  const tables = Object.entries(parameters).map(([name, values]) => {
    if (definition.tables[name].fixed === true) return [name, values];
    return [name, values.map((p) => 1 / (1 + (1 / Math.min(0.99, Math.max(0.01, p)) - 1) * Math.exp(-spread * gaussian(rng))))];
  });
  return clickModel(definition, Object.fromEntries(tables), positions, contexts);
}
