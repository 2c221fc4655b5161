import { boolean, type Decoded, optional, positive, real, strictObject } from '../schema.ts';
import { gainOption, labelOptions } from './label-options.ts';
import type { SessionMetric } from './session-metric.ts';
import { Trailtext } from './trailtext.ts';

const options = strictObject({
  /** L: the decay reaches 0 here. 132000 characters: from memory of Sakai & Dou. */
  trailtextLength: optional(positive(), 132_000),
  /** s: 200 characters (from memory). */
  snippetLength: optional(positive(), 200),
  /** F: share of a document that is read, 20 % (from memory). */
  readFraction: optional(positive(), 0.2),
  /** Characters of every document, or of those whose length is not known. A guess. */
  documentLength: optional(positive(), 10_000),
  /** Characters that a new query costs. U-measure has no such cost. */
  reformulationCost: optional(real(0), 0),
  /** Results looked through after a query without anything that counts. */
  abandonDepth: optional(real(0), 10),
  useLengths: optional(boolean(), false),
  ...labelOptions,
  ...gainOption,
});

/**
 * U = Σ g·max(0, 1 − pos/L) over the documents that count, in characters of the trailtext of the whole search session; g = (2^l − 1)/2^H or l/H, pos at
 * the end of the read part of the document, N = 1; a document gains once. ≥ 0; 0 where nothing is relevant. Sakai & Dou, SIGIR 2013.
 * NUM without click-through enhancement, reformulation cost and normalisation.
 */
export const uMeasure = {
  description: 'U-measure in characters: gain of the trailtext of the whole search session, decaying with what was read',
  options,
  symbols: { L: 'trailtextLength', s: 'snippetLength', F: 'readFraction', C: 'reformulationCost', H: 'highestGrade' },
  create: (settings: Decoded<typeof options>): SessionMetric => {
    const trailtext = new Trailtext({ ...settings, clickEnhancement: false, reformulationPenalty: true, idealOrder: 'grade' });
    return (sessions) =>
      Float64Array.from(sessions, (session) => {
        trailtext.load(session);
        return trailtext.utility();
      });
  },
};
