import type { SearchResult, SearchSession } from '../../../src/data/search-session.ts';
import { parseSessionMetric } from '../../../src/session-metrics/parse-session-metric.ts';

/** 'ABc dE': one query per word, one result per letter; capitals are clicked, ids are lower case. */
export const letterSession = (words: string, more: (id: string) => Partial<SearchResult> = () => ({})): SearchSession => ({
  id: words,
  queries: words.split(' ').map((word) => ({
    results: [...word].map((letter) => {
      const id = letter.toLowerCase();
      return { id, clicked: letter !== id, ...more(id) };
    }),
  })),
});

/** 'a2 b0 c1 | d3': one query between bars, each result a letter and its grade; none is clicked. */
export const gradedSession = (text: string, rest: Partial<SearchSession> = {}): SearchSession => ({
  id: text,
  queries: text.split('|').map((query) => ({
    results: (query.match(/\S+/g) ?? []).map((word) => ({ id: word[0], clicked: false, grade: Number(word.slice(1)) })),
  })),
  ...rest,
});

/** The value of a metric, written as users write it, for one search session. */
export const score = (metric: string, session: SearchSession): number => parseSessionMetric(metric).compute([session])[0];
