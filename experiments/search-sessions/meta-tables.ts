import type { MetaEvaluation, MetricAgreement } from '../../src/meta-evaluation/index.ts';
import { type CorrelationName, correlations } from '../../src/stats/correlations.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import type { TextTable } from '../report/text-table-forms.ts';
import { formatSigned, formatTest, noNumber } from '../summary/format-number.ts';

const names = Object.keys(correlations) as CorrelationName[];
const number = (value: number, digits = 3) => (Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : noNumber);
const interval = ({ value, lower, upper }: Estimate) =>
  Number.isFinite(value) ? `${number(value)} [${number(lower)}, ${number(upper)}]` : 'constant';

/** All that a meta-evaluation found, as tables; those without content are left out. */
export function metaTables(result: MetaEvaluation): TextTable[] {
  const tables = [agreementTable(result), differenceTable(result), concordanceTable(result), powerTable(result), tuningTable(result)];
  return tables.filter(({ rows }) => rows.length > 0);
}

const byMetric = ({ agreement, scored }: MetaEvaluation): [string, MetricAgreement[]][] =>
  scored.metrics.map((metric) => [
    metric,
    names.map((name) => agreement.find((row) => row.metric === metric && row.correlation === name) as MetricAgreement),
  ]);

function agreementTable(result: MetaEvaluation): TextTable {
  const { scored } = result;
  const undefinedOf = (m: number) => (scored.undefinedCounts[m] === 0 ? '' : String(scored.undefinedCounts[m]));
  const leftOut = scored.read - scored.sessions.length;
  return {
    title: 'Agreement with satisfaction',
    head: ['metric', ...names.map((name) => correlations[name].symbol), 'undefined'],
    rows: byMetric(result).map(([metric, ofMetric], m) => [metric, ...ofMetric.map(({ estimate }) => interval(estimate)), undefinedOf(m)]),
    note: `${scored.sessions.length} search sessions${leftOut > 0 ? `, ${leftOut} left out (${scored.unrated} unrated, ${leftOut - scored.unrated} with an undefined metric)` : ''}; 95 % bootstrap percentile intervals. Correlation with satisfaction is not cause, and holds for this log.`,
  };
}

function differenceTable(result: MetaEvaluation): TextTable {
  const cell = ({ difference, adjustedP }: MetricAgreement) => {
    if (difference === null || !Number.isFinite(difference.value)) return noNumber;
    return `${formatSigned(difference.value, 3)} ${formatTest(adjustedP)}`;
  };
  return {
    title: `Difference from ${result.baseline}`,
    head: ['metric', ...names.map((name) => `Δ${correlations[name].symbol}`)],
    rows:
      result.baseline === null
        ? []
        : byMetric(result).flatMap(([metric, ofMetric]) => (metric === result.baseline ? [] : [[metric, ...ofMetric.map(cell)]])),
    note: 'Paired bootstrap of dependent correlations, two-sided, Holm-corrected over the metrics of a coefficient; * p < 0.05.',
  };
}

function concordanceTable({ intuitiveness, baseline, scored }: MetaEvaluation): TextTable {
  const golds = [...new Set(intuitiveness.map(({ gold }) => gold))];
  const others = baseline === null ? [] : scored.metrics.filter((metric) => metric !== baseline);
  const cell = (gold: string, metric: string) => {
    const found = intuitiveness.find(
      (one) => one.gold === gold && [one.metric, one.other].includes(metric) && [one.metric, one.other].includes(baseline as string),
    );
    if (found === undefined || found.disagreements === 0) return 'no disagreement';
    const [own, theirs] = found.metric === metric ? [found.metricAgrees, found.otherAgrees] : [found.otherAgrees, found.metricAgrees];
    return `${number(own, 2)} / ${number(theirs, 2)}${found.p < 0.05 ? ' *' : ''}`;
  };
  return {
    title: `Intuitiveness: metric / ${baseline}`,
    head: ['metric', ...golds],
    rows: golds.length === 0 ? [] : others.map((metric) => [metric, ...golds.map((gold) => cell(gold, metric))]),
    note: `Of the pairs of search sessions that the metric and ${baseline} order oppositely, the share on which each agrees with the gold (Sakai's concordance test); * sign test on disjoint pairs, p < 0.05, uncorrected.`,
  };
}

function powerTable({ power }: MetaEvaluation): TextTable {
  return {
    title: 'Discriminative power',
    head: ['metric', 'pairs told apart', 'share', 'search sessions'],
    rows: power.map(({ metric, significant, pairs, share, units }) => [
      metric,
      `${significant} of ${pairs.length}`,
      number(share, 2),
      String(units),
    ]),
    note: 'Pairs of systems that a significance test tells apart at 0.05. It says how stable a metric is, not that it measures the right thing.',
  };
}

function tuningTable({ tuning }: MetaEvaluation): TextTable {
  if (tuning === null) return { title: 'Tuning', head: [], rows: [], note: '' };
  const { chosen, untuned, heldOut, gain, sessions, correlation, grid } = tuning;
  return {
    title: 'Tuning',
    head: ['', 'metric', `${correlation} on the held-out half`],
    rows: [
      ['chosen', chosen, interval(heldOut)],
      ['untuned', untuned.metric, interval(untuned.heldOut)],
      ['gain', '', `${interval(gain.difference)} ${formatTest(gain.p)}`],
    ],
    note: `Best of ${grid.length} on ${sessions.tuning} search sessions, judged on ${sessions.heldOut} others.`,
  };
}
