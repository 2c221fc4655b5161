import type { GainName } from '../label-gains.ts';
import { above, boolean, integer, openProbability, optional, picklist, real, record, string } from '../schema.ts';
import type { GradeScale } from './expected-utility.ts';
import { judgedOnly } from './judged-only.ts';
import type { Metric, MetricOptions } from './metric-options.ts';
import { type GradeGains, regraded } from './regraded.ts';

/** Parameters that several measures share; named as in ir_measures. */
export const ranks = integer(1);
export const cutoff = optional(ranks);
export const rel = optional(integer(1), 1);
export const judged_only = optional(boolean(), false);
export const min_rel = optional(integer(0), 0);
export const max_rel = optional(integer(1), 1);
export const highestGrade = optional(integer(1), 4);
export const persistence = openProbability();
const gains = optional(record(string(), real(0)));
export const dcgParameters = {
  dcg: optional(picklist(['log2', 'exp-log2']), 'log2'),
  base: optional(above(1), 2),
  gains,
  cutoff,
  judged_only,
};
export const gainParameters = { gains, judged_only };

/** A metric with options of its own; of the caller's only those count that say what the data is. */
export const bind =
  (metric: Metric, own: MetricOptions): Metric =>
  (ranked, offsets, { emptyQueries = 'zero', retrieved, ties } = {}) =>
    metric(ranked, offsets, { ...own, emptyQueries, ...(retrieved && { retrieved }), ...(ties && { ties }) });

export const upTo = (k: number | undefined) => (k === undefined ? {} : { cutoff: k });

/** What the parameters of a scale of grades say. */
export const scale = (parameters: { min_rel: number; max_rel: number }): GradeScale => ({
  lowest: parameters.min_rel,
  highest: parameters.max_rel,
});

interface BinaryParameters {
  rel: number;
  cutoff?: number | undefined;
  judged_only?: boolean;
}

/** A metric that knows only relevant or not. */
export const binary =
  (metric: Metric) =>
  ({ rel, cutoff, judged_only = false }: BinaryParameters) =>
    bind(judged_only ? judgedOnly(metric) : metric, { threshold: rel, ...upTo(cutoff) });

interface DcgParameters {
  dcg: 'log2' | 'exp-log2';
  base: number;
  gains?: GradeGains | undefined;
  cutoff?: number | undefined;
  judged_only: boolean;
}

const gainOf: Readonly<Record<DcgParameters['dcg'], GainName>> = { log2: 'linear', 'exp-log2': 'exponential' };

/** A metric with the gains and discounts of DCG. */
export const discounted =
  (metric: Metric) =>
  ({ dcg, base, gains, cutoff, judged_only }: DcgParameters) => {
    const ofGains = gains ? regraded(metric, gains) : metric;
    return bind(judged_only ? judgedOnly(ofGains) : ofGains, { gain: gainOf[dcg], base, ...upTo(cutoff) });
  };

/** A metric whose gains are the grades, as they are or regraded. */
export const graded =
  (metric: Metric) =>
  ({ gains, judged_only }: Pick<DcgParameters, 'gains' | 'judged_only'>) =>
    discounted(metric)({ dcg: 'log2', base: 2, gains, judged_only });
