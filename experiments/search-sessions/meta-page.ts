import type { MetaEvaluation } from '../../src/meta-evaluation/index.ts';
import { type CorrelationName, correlations } from '../../src/stats/correlations.ts';
import { drawSvg, type Picture } from '../charts/draw-svg.ts';
import { codeBlock, folded, htmlPage, listOf, pictureGrid, pictureSection, section } from '../report/page-frame.ts';
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

/** A meta-evaluation as one HTML page. Same input, same bytes. */
export async function metaPage(result: MetaEvaluation, { command, log, notes }: MetaPageWords): Promise<string> {
  const { scored, tuning, matrix } = result;
  const [agreement, ...others] = metaTables(result);
  const sensitivity = tuning === null ? null : sensitivityPicture(tuning);
  return htmlPage(
    'Meta-evaluation of session metrics',
    `${log} · ${scored.sessions.length} search sessions · ${scored.metrics.length} metrics`,
    [
      section(
        agreement.title,
        `${await pictureGrid((Object.keys(correlations) as CorrelationName[]).map((name) => agreementPicture(result, name)))}\n${tableHtml(agreement)}`,
      ),
      ...others.map(tableSection),
      await pictureSection(
        'Metrics by satisfaction',
        satisfactionNote,
        scored.metrics
          .map((metric, m) => satisfactionPicture(metric, scored.values[m], scored.satisfaction))
          .filter((picture) => picture !== null),
      ),
      matrix.length < 2
        ? ''
        : section(
            'Metrics against each other',
            `<p class="soft">Kendall’s τ_b over search sessions; orange is negative.</p>\n${await wide(matrixPicture(result))}`,
          ),
      sensitivity === null
        ? ''
        : await pictureSection(
            'Sensitivity to parameters',
            `On the half that tunes (${tuning?.sessions.tuning} search sessions); the other half judges.`,
            [sensitivity],
          ),
      section('Repeat this', codeBlock(command) + folded('Labels, and every constant of every metric', listOf(notes))),
    ],
  );
}

/** One picture as wide as the page. */
const wide = async (picture: Picture) =>
  `<div class="pictures" style="grid-template-columns:minmax(0,56rem)"><figure style="margin:0">${await drawSvg(picture)}</figure></div>`;
