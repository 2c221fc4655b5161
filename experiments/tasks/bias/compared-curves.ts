import { type ComparedCurve, comparedCurvesPicture } from '../../charts/compared-curves-picture.ts';
import { comparison, figure, type Series, seriesIn } from '../../charts/figure.ts';
import type { Row } from '../../tables/table.ts';
import { byRank } from '../ranking/propensities-picture.ts';
import { affineCurves, biasCurves, contextCurves } from './bias-tables.ts';

const bars = 'Bars are 95 % intervals where there are some, and with several seeds reach from the lowest to the highest.';

/** The curves of all estimators side by side, and what is true. */
export const comparedCurves = comparison(
  biasCurves,
  {
    title: 'All estimates',
    note: `Examination over that of rank 1 by every estimator, on a log axis; of trust bias α over that of rank 1. ${bars}`,
  },
  (title, methods) => {
    const told = methods.flatMap((method) => {
      const curves = rowsOf(seriesIn(method, biasCurves));
      const trusted = rowsOf(seriesIn(method, affineCurves)).map((rows) => rows.map((row) => ({ ...row, ...overFirst(rows, row) })));
      return [
        ...(curves.length === 0 ? [] : [{ name: method.title, curves, truth: 'true' }]),
        ...(trusted.length === 0 || curves.length > 0 ? [] : [{ name: `${method.title}: α`, curves: trusted, truth: 'true α' }]),
      ];
    });
    if (told.length === 0) return null;
    const truths = told.map(({ truth, curves }) => curveOf(truth, truthsOf(curves)));
    return comparedCurvesPicture(
      told.map(({ name, curves }) => curveOf(name, curves)),
      { title, y: 'P(examined) over that of rank 1', truths: distinct(truths) },
    );
  },
);

/** The curve of every context, in a picture for each estimator that tells them apart. */
export const contextFigure = figure(
  contextCurves,
  {
    title: 'Examination by context',
    note: `Each curve is relative to rank 1 of its own context, on a log axis; dashed: what is true. ${bars}`,
  },
  (title, series) => {
    const rows = series.flatMap((one) => one.rows);
    const names = [...new Set(rows.map(({ context }) => context))];
    if (names.length === 0) return null;
    const of = (name: string) => rowsOf(series.map((one) => ({ ...one, rows: one.rows.filter(({ context }) => context === name) })));
    return comparedCurvesPicture(
      names.map((name) => curveOf(name, of(name))),
      {
        title,
        y: 'P(examined) over that of rank 1',
        truths: distinct(names.map((name) => curveOf(`true ${name}`, truthsOf(of(name))))),
        width: 300,
      },
    );
  },
);

type Curve = Parameters<typeof byRank>[0][number];

const rowsOf = <R>(series: readonly Series<R>[]): (readonly R[])[] => series.map(({ rows }) => rows).filter(({ length }) => length > 0);

/** Mean over runs and seeds, and the ends. */
const curveOf = (name: string, curves: readonly Curve[]): ComparedCurve => ({
  name,
  points: curves.length === 0 ? [] : byRank(curves).map(({ rank, mean, lower, upper }) => ({ rank, value: mean, lower, upper })),
});

/** α over that of rank 1: its interval is that of α, whose scale is a prior's, so the ratio has none. */
const overFirst = ([first]: readonly Row<typeof affineCurves>[], { alpha, true_alpha: truth }: Row<typeof affineCurves>) => ({
  estimated: alpha / first.alpha,
  true: truth === null || first.true_alpha === null ? null : truth / first.true_alpha,
});

const truthsOf = (curves: readonly (readonly { readonly true: number | null }[])[]): Curve[] =>
  curves
    .map((rows) => rows.flatMap(({ true: value }) => (value === null ? [] : [{ estimated: value }])))
    .filter(({ length }) => length > 0);

/** Each curve once; none without points. */
const distinct = (curves: readonly ComparedCurve[]): ComparedCurve[] => [
  ...new Map(curves.filter(({ points }) => points.length > 0).map((curve) => [JSON.stringify(curve), curve])).values(),
];
