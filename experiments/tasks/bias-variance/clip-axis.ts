import { powerTicks, quantitative } from '../../charts/encodings.ts';

/** Clipping thresholds, of the field `clip`, on a log axis. */
export const clipAxis = quantitative(
  'clip',
  { title: 'clipping threshold M', labelExpr: powerTicks, tickCount: 5, grid: false },
  { type: 'log', nice: false, padding: 10 },
);

/** A threshold as it is written; 0: nothing is clipped. */
export const clipText = (clip: number): string => (clip === 0 ? 'none' : String(clip));
