import type { SearchSession } from '../data/search-session.ts';
import { optional, picklist } from '../schema.ts';
import type { LabelSource } from './label-options.ts';
import type { SessionTable } from './session-table.ts';

/** What an ideal is made of: all judgments of the need where the search session has them and grades are the labels, or only the documents shown. */
export const idealOption = { ideal: optional(picklist(['judged', 'session']), 'judged') } as const;

/** Labels of the relevant documents of one need, best first; the array is reused. */
export class IdealLabels {
  count = 0;
  labels = new Float64Array(64);
  readonly #judged: boolean;

  constructor(ideal: 'judged' | 'session', source: LabelSource) {
    this.#judged = ideal === 'judged' && source === 'grade';
  }

  load(table: SessionTable, { judged }: SearchSession): void {
    const given = this.#judged && judged !== undefined;
    const [source, length] = given ? [judged, judged.length] : [table.best, table.documentCount];
    if (length > this.labels.length) this.labels = new Float64Array(2 * length);
    this.count = 0;
    for (let d = 0; d < length; d++) {
      if (!(source[d] > 0)) continue;
      let i = this.count++; // insertion sort: few are relevant
      for (; i > 0 && this.labels[i - 1] < source[d]; i--) this.labels[i] = this.labels[i - 1];
      this.labels[i] = source[d];
    }
  }
}
