import { finding } from '../../report/presentation.ts';
import { column, optionalColumn, table } from '../../tables/table.ts';

/** What the scores of a method are like, and whether they rank better than the popularity of the items does. */
export const scoresTable = table('scores', 'how much the scores of a method differ between items, and how they rank beside popularity', {
  spread: column('number', "standard deviation of a user's scores over all items, root mean square over at most 200 users"),
  metric: column('text', 'what rankings are compared by: the first metric per user of the study, or ndcg'),
  value: optionalColumn('number', 'its mean over users; empty where it is undefined for all'),
  popularity: optionalColumn('number', 'that of the method popularity, tested on the same pairs'),
  difference: optionalColumn('number', 'value − popularity'),
  standard_error: optionalColumn('number', 'of the difference, over users'),
});

/** Scores that differ less than this between items tell them apart no more: odds that differ by 1 %, ratings by 1 % of their scale. */
const constantBelow = 0.01;
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const collapseFinding = finding(
  scoresTable,
  {
    words: 'scores nearly constant over items',
    sentence: (methods, fault) =>
      `${methods.join(', ')}: the scores of a user hardly differ between items (${fault}): the factors have collapsed; lower training.l2, or train longer`,
  },
  (series) => {
    const spread = average(series.flatMap(({ rows }) => rows.map((row) => row.spread)));
    return spread < constantBelow ? `standard deviation ${spread.toPrecision(2)}` : null;
  },
);

/** Told from two standard errors on, so that chance tells it once in forty times. */
export const popularityFinding = finding(
  scoresTable,
  {
    words: 'ranks below popularity',
    sentence: (methods, fault) => `${methods.join(', ')} ranks below the popularity of the items: ${fault}`,
  },
  (series) => {
    const rows = series.flatMap((one) => one.rows);
    const of = (column: 'value' | 'popularity' | 'difference' | 'standard_error') => average(rows.flatMap((row) => row[column] ?? []));
    if (!(of('difference') < -2 * of('standard_error'))) return null;
    return `${rows[0].metric} ${of('value').toFixed(4)} against ${of('popularity').toFixed(4)}`;
  },
);
