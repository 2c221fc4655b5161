import { createRequire } from 'node:module';

type SpecialFunctions = Pick<typeof import('mathjs/number'), 'lgamma' | 'erf'>;

let loaded: SpecialFunctions | undefined;

/** mathjs, loaded when first needed: reading it takes a third of a second, and most commands never compute a p-value. */
function mathjs(): SpecialFunctions {
  loaded ??= createRequire(import.meta.url)('mathjs/number') as SpecialFunctions;
  return loaded;
}

/** ln Γ(x) for x > 0; relative error of Γ below 1e-9. */
export const lgamma = (x: number): number => mathjs().lgamma(x);

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt, to 16 digits. */
export const erf = (x: number): number => mathjs().erf(x);
