/**
 * Σ ψ(xᵢ + shift) over positive xᵢ + shift, as {@link digamma} has it, with one logarithm for many: that of their product.
 */
export function digammaSum(values: Float64Array, shift: number): number {
  let [sum, product] = [0, 1];
  for (let i = 0; i < values.length; i++) {
    let at = values[i] + shift;
    while (at < 6) sum -= 1 / at++;
    const inverse = 1 / at;
    sum -= inverse * (0.5 + inverse * tail(inverse * inverse));
    product *= at;
    if (product < 1e150) continue;
    sum += Math.log(product);
    product = 1;
  }
  return sum + Math.log(product);
}

/** x² (ln x − 1/(2x) − ψ(x)), of s = 1/x². */
const tail = (s: number): number => 1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s / 132)));

/** ψ(x) = d ln Γ(x)/dx for x > 0: ψ(x) = ψ(x + 1) − 1/x up to 6, then ln x − 1/(2x) − Σ B₂ₖ/(2k x²ᵏ). Abramowitz & Stegun 6.3.5, 6.3.18; error below 1e-10. */
export function digamma(x: number): number {
  let [shift, at] = [0, x];
  while (at < 6) shift -= 1 / at++;
  const square = 1 / (at * at);
  return shift + Math.log(at) - 0.5 / at - square * tail(square);
}
