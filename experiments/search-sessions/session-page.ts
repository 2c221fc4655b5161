import type { SessionEvaluation } from '../../src/session-metrics/evaluate-sessions.ts';
import type { SensitivityPoint } from '../../src/session-metrics/num-sensitivity.ts';
import { codeBlock, htmlPage, listOf, pictureSection, section, warningBox } from '../report/page-frame.ts';
import { distributionPicture } from './distribution-picture.ts';
import { numSensitivityPicture } from './num-sensitivity-picture.ts';
import { satisfactionNote, satisfactionPicture } from './satisfaction-picture.ts';
import { constantLines, sessionTableHtml } from './session-table.ts';

export interface SessionPageParts {
  readonly lead: string; //                                what was read
  readonly warnings: readonly string[];
  readonly sensitivity: readonly SensitivityPoint[][]; // [system]
  readonly command: string;
}

/** One HTML page of an evaluation of search sessions, which needs nothing else. Same input, same bytes. */
export async function sessionPage(
  evaluation: SessionEvaluation,
  { lead, warnings, sensitivity, command }: SessionPageParts,
): Promise<string> {
  const { metrics, systems } = evaluation.request;
  const each = <P>(draw: (m: number) => P | null) => metrics.map((_, m) => draw(m)).filter((picture) => picture !== null);
  const satisfaction = Float64Array.from(systems[0].sessions, (session) => session.satisfaction ?? Number.NaN);
  const sensitive = systems.map(({ label }, s) => numSensitivityPicture(label, sensitivity[s])).filter((picture) => picture !== null);
  return htmlPage('Search sessions', lead, [
    warningBox([...evaluation.notes, ...warnings]),
    section('Means', sessionTableHtml(evaluation)),
    await pictureSection(
      'Distributions',
      'Share of the search sessions by value, in 24 bins of equal width.',
      each((m) => distributionPicture(evaluation, m)),
    ),
    await pictureSection(
      'Metrics by satisfaction',
      `${systems[0].label}. ${satisfactionNote}`,
      each((m) => satisfactionPicture(metrics[m].name, evaluation.values[0][m], satisfaction)),
    ),
    await pictureSection(
      'Sensitivity of NUM',
      'Mean NUM by L, where the decay reaches 0; one line per reformulation cost C, the other constants at their defaults. No published value of C could be read, so see how much hangs on it.',
      sensitive,
    ),
    section('Constants', listOf(constantLines(evaluation))),
    section('Repeat this', codeBlock(command)),
  ]);
}
