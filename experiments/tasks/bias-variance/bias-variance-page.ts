import { commandBlock, folded, listOf, type Page, type PageWords, pageHtml, section, warningBox } from '../../report/page-frame.ts';
import { tableHtml, tableSection } from '../../report/text-table-forms.ts';
import { biasVariancePicture } from './bias-variance-picture.ts';
import type { BiasVarianceStudy } from './bias-variance-study.ts';
import { biasVarianceTables, curveTitle, optimumNotes } from './bias-variance-tables.ts';
import { learntByClipPicture } from './learnt-by-clip-picture.ts';
import { mseBySettingPictures } from './mse-by-setting-picture.ts';

/** The page on the error of the clipped loss by threshold. Same input, same bytes. */
export function biasVarianceParts(study: BiasVarianceStudy, { lead, notes, command }: PageWords): Page {
  const lines = study.settings.flatMap((setting) =>
    setting.curves.map(({ summary }) => ({ title: curveTitle(setting, summary.predictions), summary })),
  );
  const [optima, ...tables] = biasVarianceTables(study);
  return {
    title: `${study.settings[0].config.name}: bias and variance of the clipped loss`,
    lead,
    parts: [
      warningBox(optimumNotes(study)),
      {
        title: 'Bias and variance by clipping threshold',
        note: 'Error of the clipped loss as an estimate of the ideal one, on log axes: mean over seeds; band: from the lowest MSE of a seed to the highest; dashed level: MSE without clipping. Parts below a thousandth of the least MSE are left out.',
        pictures: [...mseBySettingPictures(study), ...lines.map(({ title, summary }) => biasVariancePicture(title, summary))],
      },
      tableSection(optima),
      {
        title: 'Learning with every threshold',
        note: 'Mean on the test part and its 95 % band over seeds; dashed level: without clipping.',
        pictures: study.settings.flatMap(({ varied, learnt, curves: [{ summary }] }) =>
          learnt === null ? [] : [learntByClipPicture(varied.join(' · '), learnt, summary.clips[summary.optimum].clip)],
        ),
      },
      section('What is computed', listOf(notes)),
      ...tables.map((table) => folded(table.title, tableHtml(table))),
      section('Repeat this', commandBlock(command)),
    ],
  };
}

/** The same as HTML that needs nothing else: no network, pictures as SVG. */
export const biasVariancePage = (...words: Parameters<typeof biasVarianceParts>): Promise<string> => pageHtml(biasVarianceParts(...words));
