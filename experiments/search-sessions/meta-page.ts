import type { MetaEvaluation } from '../../src/meta-evaluation/index.ts';
import { type CorrelationName, correlations } from '../../src/stats/correlations.ts';
import { commandBlock, folded, listOf, type Page, pageHtml, section } from '../report/page-frame.ts';
import { tableHtml, tableSection } from '../report/text-table-forms.ts';
import { agreementPicture } from './agreement-picture.ts';
import { matrixPicture } from './matrix-picture.ts';
import { metaTables } from './meta-tables.ts';
import { satisfactionNote, satisfactionPicture } from './satisfaction-picture.ts';
import { sensitivityPicture } from './sensitivity-picture.ts';

/** What a page says beside its numbers. */
export interface MetaPageWords {
  readonly command: string; //          as typed, so that a reader can repeat it
  readonly log: string; //              its name
  readonly notes: readonly string[]; // labels, and the constants of every metric
}

/** The page of a meta-evaluation. Same input, same bytes. */
export function metaParts(result: MetaEvaluation, { command, log, notes }: MetaPageWords): Page {
  const { scored, tuning, matrix } = result;
  const [agreement, ...others] = metaTables(result);
  const sensitivity = tuning === null ? null : sensitivityPicture(tuning);
  return {
    title: 'Meta-evaluation of session metrics',
    lead: `${log} · ${scored.sessions.length} search sessions · ${scored.metrics.length} metrics`,
    parts: [
      {
        title: agreement.title,
        note: '',
        pictures: (Object.keys(correlations) as CorrelationName[]).map((name) => agreementPicture(result, name)),
        below: tableHtml(agreement),
      },
      ...others.map(tableSection),
      {
        title: 'Metrics by satisfaction',
        note: satisfactionNote,
        pictures: scored.metrics
          .map((metric, m) => satisfactionPicture(metric, scored.values[m], scored.satisfaction))
          .filter((picture) => picture !== null),
      },
      {
        title: 'Metrics against each other',
        note: 'Kendall’s τ_b over search sessions; orange, and a minus, is negative.',
        pictures: matrix.length < 2 ? [] : [matrixPicture(result)],
        wide: true,
      },
      {
        title: 'Sensitivity to parameters',
        note: `On the half that tunes (${tuning?.sessions.tuning} search sessions); the other half judges.`,
        pictures: sensitivity === null ? [] : [sensitivity],
      },
      section('Repeat this', commandBlock(command) + folded('Labels, and every constant of every metric', listOf(notes))),
    ],
  };
}

/** The same as HTML that needs nothing else: no network, pictures as SVG. */
export const metaPage = (...words: Parameters<typeof metaParts>): Promise<string> => pageHtml(metaParts(...words));
