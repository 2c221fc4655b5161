import { UsageError } from '../src/errors.ts';
import { array, type Decoded, optional, picklist, probability, real, strictObject, union } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import type { ClickModelDefinition } from './definition.ts';

/** Examination by rank and distance to the last click, or to the top, as Dupret & Piwowarski fitted it (SIGIR 2008) and ULTRA simulates with it: row by rank, distance from 1. */
const published: readonly (readonly number[])[] = [
  [1],
  [0.98, 1],
  [1, 0.62, 0.95],
  [1, 0.77, 0.42, 0.82],
  [1, 0.92, 0.55, 0.31, 0.69],
  [1, 0.96, 0.63, 0.4, 0.22, 0.54],
  [1, 0.99, 0.73, 0.46, 0.29, 0.17, 0.47],
  [1, 1, 0.89, 0.52, 0.35, 0.24, 0.14, 0.43],
  [1, 1, 0.95, 0.68, 0.4, 0.29, 0.19, 0.12, 0.41],
  [1, 1, 1, 0.96, 0.52, 0.36, 0.27, 0.18, 0.12, 0.43],
];

const options = strictObject({
  by: optional(picklist(['last-click', 'distance']), 'last-click'), // rank and last click, or their distance alone
  /** The published table; or by distance from 1; or by rank, each by distance from 1 to the rank, which is that to the top where nothing is clicked yet. */
  examination: optional(union([picklist(['published']), array(probability()), array(array(probability()))]), 'published'),
  eta: optional(real(0), 1), // exponent: 0 is no bias
});

const states = { list: { examined: 'examination', clicked: 'attraction' } };
const byLastClick: ClickModelDefinition = {
  name: 'user-browsing',
  tables: { attraction: { by: 'document' }, examination: { by: 'lastClick' } },
  start: 'list',
  states,
  upToFactor: [['examination']],
};
const byDistance: ClickModelDefinition = { ...byLastClick, tables: { attraction: { by: 'document' }, examination: { by: 'distance' } } };

/**
 * P(C_k = 1 | clicks above) = θ_{k,j} γ_k, j the rank of the last click above, or none: the user looks again and again from where they clicked.
 * With `by: distance` θ depends on k − j alone (j = 0 where nothing was clicked). Assumes that nothing above the last click counts. Dupret & Piwowarski, SIGIR 2008.
 */
export const userBrowsing = {
  description: 'user browsing: examination by rank and rank of the last click, or by their distance (Dupret & Piwowarski 2008)',
  options,
  /** @throws UsageError when `examination` gives fewer values than positions, or nests them otherwise than `by` says */
  create({ by, examination, eta }: Decoded<typeof options>, positions: number): ClickModel {
    if (by === 'distance' && examination !== 'published' && Array.isArray(examination[0]))
      throw new UsageError('examination by rank and distance is for by: last-click; by distance give one value for each');
    const table = rowsOf(examination, positions);
    if (by === 'distance') {
      const theta = Float64Array.from(table[positions - 1], (value) => value ** eta);
      return clickModel(byDistance, { examination: theta }, positions);
    }
    const values = table.flatMap((row) => row.reverse()); // none, then by last click from the top
    return clickModel(byLastClick, { examination: Float64Array.from(values, (value) => value ** eta) }, positions);
  },
};

/** By rank, each by distance; ranks below the published ten are taken to be like the last, as far away as they are. */
function rowsOf(given: Decoded<typeof options>['examination'], positions: number): number[][] {
  const rows: readonly (readonly number[])[] | null =
    given === 'published' ? published : given.length > 0 && Array.isArray(given[0]) ? (given as number[][]) : null;
  return Array.from({ length: positions }, (_, k) => {
    if (rows === null) return firstOf(given as number[], k + 1, `examination gives ${given.length} distances for ${positions} positions`);
    if (given === 'published') {
      const row = rows[Math.min(k, rows.length - 1)];
      return Array.from({ length: k + 1 }, (__, d) => row[Math.min(d, row.length - 1)]);
    }
    const words = `examination gives ${rows[k]?.length ?? 'no'} distances at rank ${k + 1}`;
    return firstOf(rows[k] ?? [], k + 1, words);
  });
}

function firstOf(values: readonly number[], length: number, words: string): number[] {
  if (values.length < length) throw new UsageError(`${words}; give one for each distance, from 1 to the rank`);
  return values.slice(0, length);
}
