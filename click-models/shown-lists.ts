import { UsageError } from '../src/errors.ts';
import { checkList } from './check-list.ts';
import type { ClickModel } from './click-model.ts';
import type { ShownList } from './code/walk-code.ts';
import { checkPagers, type FitLog } from './fit/event-tables.ts';

/**
 * What each list of a log shows, by the documents' values: a function of the list, as all of them at once can be larger than the log.
 * @throws UsageError where values are not as many as the documents, and of the function where a list does not suit the model
 */
export function shownLists(model: ClickModel, documents: Readonly<Record<string, Float64Array>>, fit: FitLog): (list: number) => ShownList {
  checkPagers(model, fit);
  const { attraction, satisfaction } = documents;
  const { log, contexts = null } = fit;
  const byRank = model.definition.tables.attraction?.by === 'documentRank';
  const K = byRank ? model.positions : 1;
  for (const table of model.documents) {
    const [size, given] = [fit.documents * (table === 'attraction' ? K : 1), documents[table]];
    if (given?.length !== size)
      throw new UsageError(`${model.name} needs ${size} values of ${table} for ${fit.documents} documents, got ${given?.length ?? 'none'}`);
  }
  const told = model.contexts === 1 ? null : contexts; // a model that tells none apart takes any
  const take = (values: Float64Array | undefined, l: number) => {
    const own = new Float64Array(log.offsets[l + 1] - log.offsets[l]);
    if (values === undefined) return own;
    for (let k = 0, i = log.offsets[l]; k < own.length; k++, i++) own[k] = values[byRank ? log.docs[i] * K + k : log.docs[i]];
    return own;
  };
  return (l) => checkList(model, { attraction: take(attraction, l), satisfaction: take(satisfaction, l), context: told?.[l] ?? 0 });
}
