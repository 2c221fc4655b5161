/**
 * Scales a gradient in place so that its Euclidean norm is at most `maximum`. Returns the norm it had. Pascanu et al., ICML 2013.
 * @param met where given, all parameters whose gradient is not 0
 */
export function clipNorm(gradient: Float32Array, maximum: number, met?: Uint32Array): number {
  const count = met?.length ?? gradient.length;
  let squares = 0;
  for (let j = 0; j < count; j++) squares += gradient[met === undefined ? j : met[j]] ** 2;
  const norm = Math.sqrt(squares);
  if (norm > maximum) for (let j = 0; j < count; j++) gradient[met === undefined ? j : met[j]] *= maximum / norm;
  return norm;
}
