import { UsageError } from '../errors.ts';
import { panels } from '../math/gauss-legendre.ts';
import { normalCdf, normalDensity } from './normal.ts';

const z = panels(-8.5, 8.5, 8);
const densities = z.nodes.map((node, i) => z.weights[i] * normalDensity(node));
let below: Float64Array | undefined; // Φ at the nodes, computed when first needed

/** P(range of k standard normals ≤ w) = k ∫ φ(z) (Φ(z) − Φ(z − w))^(k−1) dz, z the largest. */
function rangeCdf(w: number, k: number): number {
  below ??= z.nodes.map(normalCdf);
  const atNodes = below;
  let sum = 0;
  for (let i = 0; i < densities.length; i++) sum += densities[i] * (atNodes[i] - normalCdf(z.nodes[i] - w)) ** (k - 1);
  return k * sum;
}

/**
 * P(Q > q) of the studentised range of k means whose common variance is estimated with df degrees of freedom: Q = range/s,
 * P(Q ≤ q) = ∫ f(s) P(range ≤ qs) ds with s²·df ~ χ²(df). Absolute error below 1e-11. Source: Lund & Lund, Applied Statistics 32, 1983 (AS 190).
 * @param k whole, ≥ 2 @param df ≥ 1
 * @throws UsageError on another k or df
 */
export function studentizedRangeTail(q: number, k: number, df: number): number {
  if (!(Number.isSafeInteger(k) && k >= 2)) throw new UsageError(`a studentised range needs at least two means, got ${k}`);
  if (!(df >= 1)) throw new UsageError(`degrees of freedom must be at least 1, got ${df}`);
  if (!(q > 0)) return Number.isNaN(q) ? q : 1;
  if (df === Infinity) return Math.max(0, 1 - rangeCdf(q, k));
  const reach = 9 / Math.sqrt(2 * df); // nine standard deviations of s
  const s = panels(Math.max(0, 1 - reach), 1 + reach, df < 10 ? 16 : 6);
  let [sum, total] = [0, 0]; // the density need not be scaled: its own sum is divided out
  for (let i = 0; i < s.nodes.length; i++) {
    const node = s.nodes[i];
    const density = s.weights[i] * Math.exp(df * (Math.log(node) + 0.5 - 0.5 * node * node) - Math.log(node));
    total += density;
    if (density > 0) sum += density * rangeCdf(q * node, k);
  }
  return Math.max(0, 1 - sum / total);
}
