import type { SessionEvaluation } from '../../src/session-metrics/evaluate-sessions.ts';
import type { SensitivityPoint } from '../../src/session-metrics/num-sensitivity.ts';
import { commandBlock, listOf, type Page, pageHtml, section, warningBox } from '../report/page-frame.ts';
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

/** The page of an evaluation of search sessions. Same input, same bytes. */
export function sessionParts(evaluation: SessionEvaluation, { lead, warnings, sensitivity, command }: SessionPageParts): Page {
  const { metrics, systems } = evaluation.request;
  const each = <P>(draw: (m: number) => P | null) => metrics.map((_, m) => draw(m)).filter((picture) => picture !== null);
  const satisfaction = Float64Array.from(systems[0].sessions, (session) => session.satisfaction ?? Number.NaN);
  const sensitive = systems.map(({ label }, s) => numSensitivityPicture(label, sensitivity[s])).filter((picture) => picture !== null);
  return {
    title: 'Search sessions',
    lead,
    parts: [
      warningBox([...evaluation.notes, ...warnings]),
      section('Means', sessionTableHtml(evaluation)),
      {
        title: 'Distributions',
        note: 'Share of the search sessions by value, in 24 bins of equal width.',
        pictures: each((m) => distributionPicture(evaluation, m)),
      },
      {
        title: 'Metrics by satisfaction',
        note: `${systems[0].label}. ${satisfactionNote}`,
        pictures: each((m) => satisfactionPicture(metrics[m].name, evaluation.values[0][m], satisfaction)),
      },
      {
        title: 'Sensitivity of NUM',
        note: 'Mean NUM by L, where the decay reaches 0; one line per reformulation cost C, the other constants at their defaults. No published value of C could be read, so see how much hangs on it.',
        pictures: sensitive,
      },
      section('Constants', listOf(constantLines(evaluation))),
      section('Repeat this', commandBlock(command)),
    ],
  };
}

/** The same as HTML that needs nothing else: no network, pictures as SVG. */
export const sessionPage = (...words: Parameters<typeof sessionParts>): Promise<string> => pageHtml(sessionParts(...words));
