import type { FitEnding } from '../../../estimators/fit-ending.ts';
import { noteRule } from '../../summary/notes.ts';
import { type RunResult, rowsIn } from '../../tables/run-result.ts';
import { column, rowsOf, type TableRows, table } from '../../tables/table.ts';

/** Click models that methods fit to a log to learn from. */
export const clickModelFits = table(
  'click-model-fits',
  'how the click model that a method fits to its log suits it; only methods that fit one',
  {
    model: column('text', 'of users'),
    ruled_out: column('number', 'of the sessions, those whose clicks it rules out: left out of the fit', { unit: 'share' }),
    converged: column('text', 'whether its fit did: yes or no'),
  },
);

export const endingRows = (ending: FitEnding | undefined): TableRows[] => [
  rowsOf(
    clickModelFits,
    ending === undefined ? [] : [{ model: ending.model, ruled_out: ending.ruledOut, converged: ending.converged ? 'yes' : 'no' }],
  ),
];

export const clickModelNotes = [
  noteRule(clickModelFits, 'click model stopped by fit.iterations', ({ converged }) => converged === 'no'),
  noteRule(clickModelFits, 'click model rules out clicks', ({ ruled_out }) => ruled_out > 0),
];

/** One line per method whose click model has no place for some of the clicks. */
export function ruledOutWarnings(result: RunResult): string[] {
  return result.methods.flatMap((method) => {
    const rows = rowsIn(result, clickModelFits).filter((row) => row.method === method && Number(row.ruled_out) > 0);
    if (rows.length === 0) return [];
    const most = Math.max(...rows.map((row) => Number(row.ruled_out)));
    return [
      `${method}: the click model ${rows[0].model} rules out the clicks of up to ${(100 * most).toPrecision(2)} % of the sessions; clicks that it takes to be never examined have no weight (ips), or that of the clip: take a model that allows them, such as dynamic-bayesian`,
    ];
  });
}
