/** Scales a gradient in place so that its Euclidean norm is at most `maximum`. Returns the norm it had. Pascanu et al., ICML 2013. */
export function clipNorm(gradient: Float32Array, maximum: number): number {
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i];
  const norm = Math.sqrt(squares);
  if (norm > maximum) for (let i = 0; i < gradient.length; i++) gradient[i] *= maximum / norm;
  return norm;
}
