/** A rule that moves parameters along a gradient; it owns its running state (moments), one optimiser per parameter array for its whole life. */
export interface Optimiser {
  readonly name: string;
  /** Updates `parameters` in place, downhill. */
  step(parameters: Float32Array, gradient: Float32Array): void;
}
