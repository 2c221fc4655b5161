import { idealImplicit } from '../implicit/ideal-implicit.ts';

/** The mean over all pairs of y δ1 + (1 − y) δ0, whatever was observed: for a loss linear in the target the mean error, for others with the same minimum. */
export const idealExplicit = { ...idealImplicit, description: 'has seen the true value of every pair; trained to the end' };
