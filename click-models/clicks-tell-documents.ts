import type { ClickModel } from './click-model.ts';
import { tablesOf } from './definition.ts';

/** Whether a click depends on what attracts in the document that stands there: not by the model of a rate for each rank, say. */
export const clicksTellDocuments = ({ definition: { states, tables } }: Pick<ClickModel, 'definition'>): boolean =>
  Object.values(states).some(({ clicked }) =>
    tablesOf(clicked).some((table) => tables[table].by === 'document' || tables[table].by === 'documentRank'),
  );
