/**
 * What a bias estimator returns and a weighting takes; positions k are 0-based.
 * - examination: P(C_k = 1) = θ_k γ_d. θ may be known up to a constant: then θ_0 = 1. Length K.
 * - affine: P(C_k = 1) = α_k γ_d + β_k, trust bias (Vardasbi et al., CIKM 2020). Lengths K.
 * - contextual: θ differs per list: one value per shown document, in the order of `log.docs` of the one log it belongs to.
 * - by-click: θ depends on the clicks above it: P(E_k = 1 | c_<k) for every click, in the order of `log.clicks` of the one log it belongs to.
 */
export type Bias =
  | { readonly kind: 'examination'; readonly examination: Float64Array }
  | { readonly kind: 'affine'; readonly alpha: Float64Array; readonly beta: Float64Array }
  | { readonly kind: 'contextual'; readonly examination: Float64Array }
  | { readonly kind: 'by-click'; readonly examination: Float64Array };
