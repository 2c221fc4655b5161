/**
 * Nodes and weights of Gauss–Legendre quadrature on [−1, 1]: exact for polynomials of degree 2n − 1.
 * Newton's method on P_n from cos(π(i − ¼)/(n + ½)). Source: Abramowitz & Stegun 25.4.29.
 */
export function gaussLegendre(n: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 20; step++) {
      let [previous, current] = [1, x]; // P_0, P_1
      for (let k = 2; k <= n; k++) [previous, current] = [current, ((2 * k - 1) * x * current - (k - 1) * previous) / k];
      slope = (n * (x * current - previous)) / (x * x - 1);
      const change = current / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Nodes and weights for [low, high] cut into equal panels of 16 nodes each. */
export function panels(low: number, high: number, count: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const half = (high - low) / count / 2;
  const at = (panel: number, i: number) => low + half * (2 * panel + 1 + rule.nodes[i]);
  const size = rule.nodes.length;
  return {
    nodes: Float64Array.from({ length: count * size }, (_, i) => at(Math.floor(i / size), i % size)),
    weights: Float64Array.from({ length: count * size }, (_, i) => half * rule.weights[i % size]),
  };
}

const rule = gaussLegendre(16);
