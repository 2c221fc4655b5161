import { createRequire } from 'node:module';

type SpecialFunctions = Pick<typeof import('mathjs/number'), 'lgamma' | 'erf'>;

let loaded: SpecialFunctions | undefined;

/** Loaded when first needed: the whole of mathjs takes half a second to read. The bundle has these two functions only; see build.js. */
function mathjs(): SpecialFunctions {
  loaded ??= createRequire(import.meta.url)('mathjs/number') as SpecialFunctions;
  return loaded;
}

export const lgamma = (x: number): number => mathjs().lgamma(x);
export const erf = (x: number): number => mathjs().erf(x);
