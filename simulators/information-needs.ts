import type { QuerySet } from '../src/data/query-set.ts';
import { UsageError } from '../src/errors.ts';
import { categorical } from '../src/random/categorical.ts';
import { multinomial } from '../src/random/multinomial.ts';
import type { Rng } from '../src/random/rng.ts';
import { array, check, type Decoded, integer, optional, pipe, real, shownPositions, strictObject } from '../src/schema.ts';

const weights = pipe(
  array(real(0)),
  check((list) => list.length >= 2 && list.some((weight, grade) => grade > 0 && weight > 0), 'must give a grade above 0 some weight'),
);

/** Information needs with their documents. Defaults are choices: half of the documents that a need may retrieve are relevant to some grade. */
export const informationNeedOptions = strictObject({
  count: optional(integer(1, 1_000_000), 1000),
  documents: optional(shownPositions(), 20), // of every need that some formulation may retrieve
  /** How often grades 0, 1, 2, … occur; need not sum to 1. */
  grades: optional(weights, [0.5, 0.2, 0.15, 0.1, 0.05]),
  /** Sessions fall on needs as rank^−popularity; 0: all needs are as frequent. */
  popularity: optional(real(0), 0.5),
});
/** Decoded {@link informationNeedOptions}. */
export type InformationNeedOptions = Decoded<typeof informationNeedOptions>;

/** Needs as a query set without features: grades are drawn independently by their weights, and every need has a relevant document. */
export function informationNeeds({ count, documents, grades }: InformationNeedOptions, rng: Rng): QuerySet {
  const draw = categorical(grades);
  const relevant = categorical(grades.map((weight, grade) => (grade > 0 ? weight : 0)));
  const labels = new Float32Array(count * documents);
  for (let need = 0; need < count; need++) {
    const own = labels.subarray(need * documents, (need + 1) * documents);
    for (let d = 0; d < documents; d++) own[d] = draw(rng);
    if (own.every((label) => label === 0)) own[Math.floor(rng.next() * documents)] = relevant(rng);
  }
  return {
    queryIds: Array.from({ length: count }, (_, need) => `need-${need + 1}`),
    docIds: Array.from({ length: count * documents }, (_, d) => `d${(d % documents) + 1}`),
    offsets: Uint32Array.from({ length: count + 1 }, (_, need) => need * documents),
    features: new Float32Array(0),
    featureCount: 0,
    labels,
  };
}

/** How many of `sessions` fall on each of `needs`: multinomial, need i with weight (i + 1)^−popularity. @throws UsageError as {@link multinomial} */
export function sessionsOfNeeds(sessions: number, needs: number, popularity: number, rng: Rng): Float64Array {
  if (!(Number.isSafeInteger(sessions) && sessions >= 1))
    throw new UsageError(`sessions must be a whole number of at least 1, got ${sessions}`);
  return multinomial(
    sessions,
    Float64Array.from({ length: needs }, (_, need) => (need + 1) ** -popularity),
    rng,
  );
}
