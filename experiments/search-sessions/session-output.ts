import type { SessionEvaluation } from '../../src/session-metrics/evaluate-sessions.ts';
import { csvOf } from '../records/csv.ts';
import { fittedColumns } from '../terminal/align-columns.ts';
import { ownScreen } from '../terminal/screen.ts';
import { forScreen } from '../terminal/wrap-words.ts';
import { sessionLatex } from './session-latex.ts';
import { evaluationJson, perSessionHead, perSessionRows, scoreHead, scoreRows } from './session-rows.ts';
import { constantLines, sessionTable } from './session-table.ts';

export const sessionForms = ['table', 'json', 'csv', 'latex'] as const;
export type SessionForm = (typeof sessionForms)[number];

/** What `counterrank evaluate-sessions` prints, without the last line end. @param perSession every search session: in csv instead of the means */
export function sessionOutput(evaluation: SessionEvaluation, form: SessionForm, perSession: boolean): string {
  if (form === 'json') return JSON.stringify(evaluationJson(evaluation, perSession), null, 2);
  if (form === 'csv')
    return perSession ? csvOf(perSessionHead(evaluation), perSessionRows(evaluation)) : csvOf(scoreHead, scoreRows(evaluation));
  if (form === 'latex') return sessionLatex(evaluation).trimEnd();
  const screen = ownScreen();
  const values = perSession
    ? [fittedColumns([perSessionHead(evaluation), ...[...perSessionRows(evaluation)].map((row) => row.map(cellText))], screen)]
    : [];
  const constants = ['Constants:', ...constantLines(evaluation).map((line) => forScreen(`  ${line}`, screen, 2))].join('\n');
  return [...values, sessionTable(evaluation, screen), constants].join('\n\n');
}

function cellText(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'string' || Number.isInteger(cell)) return String(cell);
  return Number.isNaN(cell) ? 'undefined' : cell.toFixed(4);
}
