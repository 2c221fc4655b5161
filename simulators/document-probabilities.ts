import type { ClickModel } from '../click-models/index.ts';
import { UsageError } from '../src/errors.ts';
import { gainScale } from '../src/label-gains.ts';
import { type AttractionOptions, attractionFromLabels } from './attraction.ts';

/** What documents have, one value each: how likely they are clicked when examined and, where the click model asks, how likely to satisfy once clicked. */
export interface DocumentProbabilities {
  readonly attraction: Float64Array;
  readonly satisfaction?: Float64Array;
}

/** How grades of documents become probabilities to attract and to satisfy. */
export interface DocumentOptions extends AttractionOptions {
  readonly attractionByGrade?: readonly number[] | null; //   for whole grades from 0; instead of noise and gains
  readonly satisfactionByGrade?: readonly number[] | null; // null: g(y)/2^Y, the chance to satisfy of ERR (Chapelle et al., CIKM 2009)
}

/**
 * What a click model needs of documents with labels: attraction as {@link attractionFromLabels} and satisfaction (2^y − 1)/2^Y, both unless the options give them by grade, and
 * both as the click model has them where it is made of grades. Unjudged documents (label < 0) are as grade 0.
 * @throws UsageError as those, and where values by grade do not reach the highest grade, or labels are not whole
 */
export function documentProbabilities(model: ClickModel, labels: Float32Array, options: DocumentOptions): DocumentProbabilities {
  const { highestGrade, gains = 'exponential', attractionByGrade = null, satisfactionByGrade = null } = options;
  const own = model.byGrade?.(highestGrade);
  const [clicked, satisfies] = [own?.attraction ?? attractionByGrade, own?.satisfaction ?? satisfactionByGrade];
  const attraction = clicked ? byGrade('attraction', clicked, labels, highestGrade) : attractionFromLabels(labels, options);
  if (!model.documents.includes('satisfaction')) return { attraction };
  if (satisfies) return { attraction, satisfaction: byGrade('satisfaction', satisfies, labels, highestGrade) };
  const { gain, full } = gainScale(gains, highestGrade);
  return { attraction, satisfaction: Float64Array.from(labels, (label) => gain(label) / full) };
}

function byGrade(what: string, values: readonly number[], labels: Float32Array, highestGrade: number): Float64Array {
  if (values.length <= highestGrade)
    throw new UsageError(
      `${what} by grade gives ${values.length} values, but the highest grade is ${highestGrade}; give one for each grade from 0`,
    );
  return Float64Array.from(labels, (label) => {
    const grade = Math.max(label, 0);
    if (!Number.isInteger(grade)) throw new UsageError(`${what} by grade needs whole grades, and there is a label ${label}; leave it out`);
    return values[grade];
  });
}

/** The documents of a list, in the order shown. */
export function shownOf({ attraction, satisfaction }: DocumentProbabilities, docs: Uint32Array) {
  const gather = (values: Float64Array) => Float64Array.from(docs, (doc) => values[doc]);
  return satisfaction === undefined
    ? { attraction: gather(attraction) }
    : { attraction: gather(attraction), satisfaction: gather(satisfaction) };
}
