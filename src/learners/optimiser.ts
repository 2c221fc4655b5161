/** A rule that moves parameters along a gradient; it owns its running state (moments), one optimiser per parameter array for its whole life. */
export interface Optimiser {
  readonly name: string;
  /**
   * Updates `parameters` in place, downhill.
   * @param met where given, the only ones whose gradient is not 0, each once: the others, and what is kept of them, may stay as they are
   */
  step(parameters: Float32Array, gradient: Float32Array, met?: Uint32Array): void;
}
