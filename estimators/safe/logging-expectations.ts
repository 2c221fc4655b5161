import type { Bias } from '../../src/bias.ts';
import { UsageError } from '../../src/errors.ts';
import type { LoggedClicks } from '../logged-clicks.ts';
import { poolLog } from '../weightings/candidates.ts';

/** α_k and β_k by rank; of examination θ_k and 0. @throws UsageError where a bias is not by rank alone, with what asks for it */
export function affineByRank(bias: Bias, what: string): { readonly alpha: Float64Array; readonly beta: Float64Array } {
  if (bias.kind === 'affine') return bias;
  if (bias.kind !== 'examination')
    throw new UsageError(
      `${what} needs a bias that goes by rank alone, as it asks how much a document is examined that was not shown there; under clicks of a cascade use prpo`,
    );
  return { alpha: bias.examination, beta: new Float64Array(bias.examination.length) };
}

/** E α and E β of every document over the sessions of its query, by document row, by how often the log showed it where; 0 where it never did. */
export function loggingExpectations({ log, querySet }: LoggedClicks, bias: Bias) {
  const { alpha, beta, sessions } = poolLog(log, querySet, bias, 'all-policies');
  const { offsets } = querySet;
  for (let q = 0; q + 1 < offsets.length; q++)
    for (let d = offsets[q]; d < offsets[q + 1]; d++) {
      alpha[d] /= sessions[q] || 1;
      beta[d] /= sessions[q] || 1;
    }
  return { alpha, beta };
}

/** κ = (E α)² / E(α + β) of every document, which for examination is its exposure: see {@link exposureRisk}. */
export function loggingSupport(logged: LoggedClicks, bias: Bias): Float64Array {
  const { alpha, beta } = loggingExpectations(logged, bias);
  return alpha.map((a, d) => (a > 0 ? a ** 2 / (a + beta[d]) : 0));
}
