/** ψ(x) = d ln Γ(x)/dx for x > 0: ψ(x) = ψ(x + 1) − 1/x up to 6, then ln x − 1/(2x) − Σ B₂ₖ/(2k x²ᵏ). Abramowitz & Stegun 6.3.5, 6.3.18; error below 1e-10. */
export function digamma(x: number): number {
  let [shift, at] = [0, x];
  while (at < 6) shift -= 1 / at++;
  const square = 1 / (at * at);
  return shift + Math.log(at) - 0.5 / at - square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))));
}
