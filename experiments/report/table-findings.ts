import { sharedSeries } from '../charts/figure.ts';
import { toldOr } from '../summary/notes.ts';
import type { SeriesOf } from '../tables/table.ts';
import type { Finding } from './presentation.ts';

/** What tables say that a reader must be told: a sentence for every method, or methods with equal rows. */
export const tableFindings = (
  findings: readonly Finding[],
  methods: readonly { readonly title: string; readonly seriesOf: SeriesOf }[],
): string[] => {
  const broken = new Set<string>();
  const lines = findings.flatMap(({ table, shared, words, fault, sentence }) => {
    const all = methods.map(({ title, seriesOf }) => ({ title, series: seriesOf(table.name) }));
    return sharedSeries(all, shared).flatMap(({ titles, series }) =>
      toldOr(broken, `the finding "${words}"`, () => {
        const told = series.length === 0 ? null : fault(series);
        return told === null ? [] : [sentence(titles, told)];
      }),
    );
  });
  return [...lines, ...broken];
};
