import { type BiasSource, biasSources } from '../../../src/bias-source.ts';
import { type Remark, remark } from '../../summary/notes.ts';
import { optionalColumn, type Series, type Table } from '../../tables/table.ts';

/** A row of what a method weighs by, which says where that comes from; null where nobody does. */
interface SourcedRow {
  readonly source?: string | null;
}

export const sourceColumn = () => optionalColumn('text', `${Object.keys(biasSources).join(', ')}; empty where a plugin does not say`);

const wordsOf = (source: string | null): string => {
  if (source === null) return 'of unknown source';
  return Object.hasOwn(biasSources, source) ? biasSources[source as BiasSource] : source;
};

/** Where the rows of a method come from, in words; null where there are none. */
export function sourceWords(series: readonly Series<SourcedRow>[]): string | null {
  const sources = new Set(series.flatMap(({ rows }) => rows.map(({ source }) => source ?? null)));
  return sources.size === 0 ? null : [...sources].map(wordsOf).join(' or ');
}

/** "Propensities: ips, clipped-ips told the truth (oracle); dual-learning learnt from the log". @param noun of what is weighed by */
export const sourceRemark = <T extends Table>(table: T, noun: string): Remark =>
  remark(table as Table, (methods) => {
    const bySource = new Map<string, string[]>();
    for (const { title, series } of methods) {
      const words = sourceWords(series as unknown as readonly Series<SourcedRow>[]);
      if (words !== null) bySource.set(words, [...(bySource.get(words) ?? []), title]);
    }
    return bySource.size === 0 ? null : `${noun}: ${[...bySource].map(([words, titles]) => `${titles.join(', ')} ${words}`).join('; ')}`;
  });
