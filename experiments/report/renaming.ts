import type { Summary } from '../../src/stats/compare-methods.ts';
import type { Group } from './measurements.ts';
import type { ReportSummary } from './report-summary.ts';

/** What names are called in what people read; files of numbers keep the names themselves. */
export type Labels = Readonly<Record<string, string>>;

/** A name, or each of several names in one heading, as the labels call it. */
export const labelled = (labels: Labels, text: string): string =>
  Object.hasOwn(labels, text)
    ? labels[text]
    : text
        .split(' · ')
        .map((part) => (Object.hasOwn(labels, part) ? labels[part] : part))
        .join(' · ');

/** A sentence with the labels in place of the names in it. */
export function labelledWords(labels: Labels, sentence: string): string {
  const names = Object.keys(labels).sort((a, b) => b.length - a.length);
  if (names.length === 0) return sentence;
  const any = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return sentence.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}@_-])(?:${any})(?![\\p{L}\\p{N}@_-])`, 'gu'), (found) => labels[found] ?? found);
}

export const labelledGroup = (labels: Labels, group: Group): Group => ({
  ...group,
  values: group.values.map((value) => (typeof value === 'string' ? labelled(labels, value) : value)),
});

/** A summary whose methods, metrics and baseline are called by their labels. */
export function relabelled<S extends Summary>(summary: S, labels: Labels): S {
  if (Object.keys(labels).length === 0) return summary;
  const name = (text: string) => labelled(labels, text);
  return {
    ...summary,
    baseline: summary.baseline === null ? null : name(summary.baseline),
    metrics: summary.metrics.map(name),
    lowerIsBetter: [...new Set([...summary.lowerIsBetter, ...summary.lowerIsBetter.map(name)])],
    ...(summary.remarks && { remarks: summary.remarks.map((line) => labelledWords(labels, line)) }),
    ...(summary.pooled && { pooled: summary.pooled.map(name) }),
    methods: summary.methods.map((method) => ({
      ...method,
      method: name(method.method),
      cells: method.cells.map((cell) => ({ ...cell, ...(cell.metric !== undefined && { metric: name(cell.metric) }) })),
    })),
  };
}

/** Those of all configs; of one name the first label counts. */
export const labelsOf = (configs: readonly Readonly<Record<string, unknown>>[]): Labels =>
  Object.assign({}, ...configs.map(({ labels }) => labels ?? {}).reverse());

/** {@link relabelled} for a report, with what its rows and columns are of. */
export function relabelledReport(summary: ReportSummary, labels: Labels): ReportSummary {
  if (Object.keys(labels).length === 0) return summary;
  const known = new Map<Group, Group>();
  const group = (one: Group): Group => {
    const found = known.get(one) ?? labelledGroup(labels, one);
    known.set(one, found);
    return found;
  };
  return {
    ...relabelled(summary, labels),
    methods: relabelled(summary, labels).methods as ReportSummary['methods'],
    rows: summary.rows.map(group),
    columns: summary.columns.map((column) => ({
      group: group(column.group),
      metric: labelled(labels, column.metric),
      label: labelled(labels, column.label),
    })),
    warnings: summary.warnings.map((line) => labelledWords(labels, line)),
  };
}
