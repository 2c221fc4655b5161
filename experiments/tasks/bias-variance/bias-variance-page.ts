import { codeBlock, folded, htmlPage, listOf, type PageWords, pictureSection, section, warningBox } from '../../report/page-frame.ts';
import { tableHtml, tableSection } from '../../report/text-table-forms.ts';
import { biasVariancePicture } from './bias-variance-picture.ts';
import type { BiasVarianceStudy } from './bias-variance-study.ts';
import { biasVarianceTables, curveTitle, optimumNotes } from './bias-variance-tables.ts';
import { learntByClipPicture } from './learnt-by-clip-picture.ts';
import { mseBySettingPictures } from './mse-by-setting-picture.ts';

/** The error of the clipped loss by threshold as one HTML page that needs nothing else. Same input, same bytes. */
export async function biasVariancePage(study: BiasVarianceStudy, { lead, notes, command }: PageWords): Promise<string> {
  const lines = study.settings.flatMap((setting) =>
    setting.curves.map(({ summary }) => ({ title: curveTitle(setting, summary.predictions), summary })),
  );
  const [optima, ...tables] = biasVarianceTables(study);
  return htmlPage(`${study.settings[0].config.name}: bias and variance of the clipped loss`, lead, [
    warningBox(optimumNotes(study)),
    await pictureSection(
      'Bias and variance by clipping threshold',
      'Error of the clipped loss as an estimate of the ideal one, on log axes: mean over seeds; band: from the lowest MSE of a seed to the highest; dashed level: MSE without clipping. Parts below a thousandth of the least MSE are left out.',
      [...mseBySettingPictures(study), ...lines.map(({ title, summary }) => biasVariancePicture(title, summary))],
    ),
    tableSection(optima),
    await pictureSection(
      'Learning with every threshold',
      'Mean on the test part and its 95 % band over seeds; dashed level: without clipping.',
      study.settings.flatMap(({ varied, learnt, curves: [{ summary }] }) =>
        learnt === null ? [] : [learntByClipPicture(varied.join(' · '), learnt, summary.clips[summary.optimum].clip)],
      ),
    ),
    section('What is computed', listOf(notes)),
    ...tables.map((table) => folded(table.title, tableHtml(table))),
    section('Repeat this', codeBlock(command)),
  ]);
}
