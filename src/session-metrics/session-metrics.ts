import { cubeTest } from './cube-test.ts';
import { esndcg } from './esndcg.ts';
import { expectedUtility } from './expected-utility.ts';
import { nsdcg } from './nsdcg.ts';
import { num } from './num.ts';
import { type NumOptions, numOptions, numSymbols } from './num-options.ts';
import { rsDcg } from './rs-dcg.ts';
import { sdcg } from './sdcg.ts';
import { sdcgPerQuery } from './sdcg-per-query.ts';
import type { SessionMetricEntry } from './session-metric.ts';
import { rsRbp, srbp } from './srbp.ts';
import { timeBiasedGain } from './time-biased-gain.ts';
import { timeUMeasure } from './time-u-measure.ts';
import { uMeasure } from './u-measure.ts';

/** One entry per metric, named as the field names it. */
export const sessionMetrics = {
  NUM: {
    description: 'normalised U-measure: the search session as one trailtext, over that of an ideal session',
    options: numOptions,
    symbols: numSymbols,
    create: (options: NumOptions) => (sessions) => num(sessions, options).num,
  },
  'U-measure': uMeasure,
  'time-U-measure': timeUMeasure,
  TBG: timeBiasedGain,
  sDCG: sdcg,
  nsDCG: nsdcg,
  'sDCG/q': sdcgPerQuery,
  esNDCG: esndcg,
  sRBP: srbp,
  'RS-DCG': rsDcg,
  'RS-RBP': rsRbp,
  EU: expectedUtility,
  CT: cubeTest,
} satisfies Record<string, SessionMetricEntry>;
