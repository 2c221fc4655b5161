import { UsageError } from '../src/errors.ts';
import type { ClickModel } from './click-model.ts';
import type { ShownList } from './code/walk-code.ts';

/** A list, or only the attraction of its documents. */
export type Shown = ShownList | Float64Array;

/**
 * The list, once it is found to suit the model.
 * @throws UsageError when a list is longer than the model has parameters for, is of a context it has not, an attraction or satisfaction is outside [0, 1], or the model
 *   asks for satisfaction and there is none
 */
export function checkList({ name, positions, contexts, documents }: ClickModel, shown: Shown): ShownList {
  const list = shown instanceof Float64Array ? { attraction: shown } : shown;
  const { attraction, satisfaction, context = 0 } = list;
  if (attraction.length > positions)
    throw new UsageError(
      `${name} has parameters for ${positions} positions, but a list shows ${attraction.length}; show fewer or give more`,
    );
  if (!(Number.isInteger(context) && context >= 0 && context < contexts))
    throw new UsageError(`${name} has parameters for ${contexts} contexts, from 0; got a list of context ${context}`);
  checkProbabilities('attraction', attraction);
  if (!documents.includes('satisfaction')) return list;
  if (satisfaction?.length !== attraction.length)
    throw new UsageError(
      `${name} needs the satisfaction of each of ${attraction.length} documents shown, got ${satisfaction?.length ?? 'none'}`,
    );
  checkProbabilities('satisfaction', satisfaction);
  return list;
}

/** @throws UsageError where a model asks for entries for "next page", which lists that a simulation draws have none of */
export function checkNoPager({ name, definition: { pages } }: Pick<ClickModel, 'name' | 'definition'>): void {
  if (pages !== undefined && pages.pager !== null)
    throw new UsageError(
      `${name} with pager "${pages.pager}": simulated lists have no entries for "next page"; use pager: null, by which clicks on it are drawn and not logged`,
    );
}

function checkProbabilities(what: string, values: Float64Array): void {
  const bad = values.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0) throw new UsageError(`${what} at rank ${bad + 1} must be in [0, 1], got ${values[bad]}`);
}
