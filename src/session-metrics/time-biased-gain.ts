import { type Decoded, optional, positive, probability, real, strictObject } from '../schema.ts';
import { labelSource, repeatsOption } from './label-options.ts';
import { wordOptions, wordsOf } from './reading-length.ts';
import { perSession } from './session-metric.ts';
import { SessionTable } from './session-table.ts';
import { timeOptions } from './time-options.ts';

const options = strictObject({
  /** h, in seconds: a gain halves in this time. 224 (verified). */
  halfLife: optional(positive(), 224),
  /** Seconds to judge a summary: 4.4. */
  summarySeconds: optional(real(0), 4.4),
  /** Seconds a word of a document: 0.018. */
  secondsPerWord: optional(real(0), 0.018),
  /** Seconds of a document whatever its length: 7.8. */
  documentSeconds: optional(real(0), 7.8),
  /** P(click | relevant) = .64 and P(click | not) = .39 (from memory). */
  clickRelevant: optional(probability(), 0.64),
  clickOther: optional(probability(), 0.39),
  /** P(save | clicked, relevant) = .77 (from memory): a relevant result gains .64 · .77. */
  saveRelevant: optional(probability(), 0.77),
  /** Lowest label that is relevant. */
  relevantFrom: optional(positive(), 1),
  repeats: repeatsOption('ignore'),
  ...timeOptions('session'),
  ...wordOptions,
  ...labelSource,
});

/**
 * TBG = Σ_k g_k 2^(−T(k)/h): g = P(click | relevant)·P(save) for a relevant result, else 0; T(k) = Σ_{m<k} 4.4 + (0.018 words_m + 7.8)·P(click | r_m).
 * ≥ 0. A document shown before gains nothing and has no words to read, as Smucker & Clarke treat duplicates; `repeats: count` reads it anew.
 * Smucker & Clarke, SIGIR 2012. That time runs on through the queries of a search session is a decision of this project.
 */
export const timeBiasedGain = {
  description: 'time-biased gain: the gain of a result halves with every h seconds it takes to reach it',
  options,
  symbols: { h: 'halfLife' },
  create: (settings: Decoded<typeof options>) => {
    const { halfLife, clickRelevant, clickOther, saveRelevant, relevantFrom, reformulationTime, over } = settings;
    const ignoreRepeats = settings.repeats === 'ignore';
    const rate = Math.LN2 / halfLife;
    return perSession(new SessionTable(settings.labels), ({ queryCount, labels, repeated }, { queries }) => {
      if (queryCount === 0) return Number.NaN;
      let gain = 0;
      let time = 0;
      let i = 0;
      for (let j = 0; j < queryCount; j++) {
        time = over === 'session' ? time + (j > 0 ? reformulationTime : 0) : 0;
        for (const result of queries[j].results) {
          const again = ignoreRepeats && repeated[i] === 1;
          const relevant = labels[i++] >= relevantFrom;
          if (relevant && !again) gain += clickRelevant * saveRelevant * Math.exp(-rate * time);
          const words = again ? 0 : wordsOf(result, settings.documentWords, settings.charactersPerWord);
          time +=
            settings.summarySeconds +
            (settings.secondsPerWord * words + settings.documentSeconds) * (relevant ? clickRelevant : clickOther);
        }
      }
      return over === 'session' ? gain : gain / queryCount;
    });
  },
};
