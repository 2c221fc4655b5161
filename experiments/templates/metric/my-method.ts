import { type Metric, perQuery, SMALLEST_GRADE } from 'counterrank';

/**
 * Mean grade of the first n documents, (1/n) Σ_{rank ≤ n} max(y, 0), n the cutoff or as many as there are. One value per query.
 * A query without a grade above 0 scores by the rule of `emptyQueries`.
 */
const meanGrade: Metric = (ranked, offsets, options = {}) =>
  perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, _end, last) => {
    let sum = 0;
    for (let i = start; i < last; i++) sum += Math.max(ranked[i], 0); // a label below 0 is unjudged
    return sum / (last - start);
  });

export const metrics = {
  'my-method': { description: 'mean grade of the first documents', compute: meanGrade },
};
