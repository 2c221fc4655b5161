import * as mathjs from './mathjs.ts';

/** ln Γ(x) for x > 0; relative error of Γ below 1e-9. */
export const lgamma: (x: number) => number = mathjs.lgamma;

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt, to 16 digits. */
export const erf: (x: number) => number = mathjs.erf;
