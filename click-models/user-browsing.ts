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

/** Positions for which a table by rank and last click, of 12.5 million values, still goes into a file. */
const mostByLastClick = 5000;

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
  /** @throws UsageError for more than 5,000 positions by last click, when `examination` gives fewer values than positions, or nests them otherwise than `by` says */
  create({ by, examination, eta }: Decoded<typeof options>, positions: number): ClickModel {
    if (by === 'distance' && examination !== 'published' && Array.isArray(examination[0]))
      throw new UsageError('examination by rank and distance is for by: last-click; by distance give one value for each');
    if (by === 'last-click' && positions > mostByLastClick)
      throw new UsageError(
        `user-browsing has a parameter for every rank and last click, too many for ${positions} positions: at most ${mostByLastClick}; use by: distance`,
      );
    if (by === 'distance') {
      const theta = Float64Array.from(rowOf(examination, positions - 1, positions), (value) => value ** eta);
      return clickModel(byDistance, { examination: theta }, positions);
    }
    const values = new Float64Array((positions * (positions + 1)) / 2);
    for (let k = 0, at = 0; k < positions; at += ++k) values.set(rowOf(examination, k, positions).reverse(), at); // none, then by last click from the top
    return clickModel(byLastClick, { examination: values.map((value) => value ** eta) }, positions);
  },
};

/** Of rank k + 1 by distance; ranks below the published ten are taken to be like the last, as far away as they are. */
function rowOf(given: Decoded<typeof options>['examination'], k: number, positions: number): number[] {
  if (given === 'published') {
    const row = published[Math.min(k, published.length - 1)];
    return Array.from({ length: k + 1 }, (_, d) => row[Math.min(d, row.length - 1)]);
  }
  if (!Array.isArray(given[0])) {
    const words = `examination gives ${given.length} distances for ${positions} positions`;
    return firstOf(given as readonly number[], k + 1, words);
  }
  const row = (given as readonly (readonly number[])[])[k] ?? [];
  return firstOf(row, k + 1, `examination gives ${row.length === 0 ? 'no' : row.length} distances at rank ${k + 1}`);
}

function firstOf(values: readonly number[], length: number, words: string): number[] {
  if (values.length < length) throw new UsageError(`${words}; give one for each distance, from 1 to the rank`);
  return values.slice(0, length);
}
