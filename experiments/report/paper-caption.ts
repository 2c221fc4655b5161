import {
  bestOf,
  correctionWords,
  meanWord,
  noteLines,
  oneSampleWords,
  pooledWords,
  samplesWords,
  seedsWords,
  testWords,
} from '../summary/summary-words.ts';
import type { PaperOptions } from './paper-cells.ts';
import type { ReportSummary } from './report-summary.ts';

/** The sentences under a table for a paper: what the numbers are, what the signs mean, how it was tested; and what must be told. As texts without markup. */
export function paperCaption(summary: ReportSummary, { caption, marks }: PaperOptions, title: string): string[] {
  return [...captionStart({ caption }, title), ...numbers(summary, marks), ...noteLines(summary).map(sentence)];
}

/** What is asked for, and what the table is of. */
export const captionStart = ({ caption }: Pick<PaperOptions, 'caption'>, title: string): string[] =>
  [caption, title].filter((part) => part !== '').map(sentence);

const sentence = (text: string): string => (/[.!?:]$/.test(text) ? text : `${text}.`);

function numbers(summary: ReportSummary, marks: PaperOptions['marks']): string[] {
  const { baseline, samples, testing } = summary;
  const n = samplesWords(summary);
  if (n === null) return [oneSampleWords(summary)];
  const means = `${meanWord(summary)} over ${n} ${samples} ± half the 95 % t interval; ${bestOf(summary)} in bold.`;
  const beside = [seedsWords(summary), pooledWords(summary)].filter((words) => words !== '');
  if (baseline === null || marks.length === 0) return [means, ...beside];
  const signs = marks.includes('daggers') ? [`† (‡): significantly above (below) ${baseline}, α = ${testing.alpha}.`] : [];
  const shown = [marks.includes('delta') ? `Δ: difference from ${baseline}` : '', marks.includes('p') ? 'p: corrected p-value' : ''].filter(
    (words) => words !== '',
  );
  const test = `Tests: ${testWords(summary)} over the ${n} ${samples}, ${correctionWords(summary)}.`;
  return [means, ...signs, ...(shown.length === 0 ? [] : [`${shown.join('; ')}.`]), test, ...beside];
}
