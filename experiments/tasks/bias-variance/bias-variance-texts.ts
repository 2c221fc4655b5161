import { csvOf } from '../../records/csv.ts';
import { alignedTable, latexOfTable, markdownOfTable } from '../../report/text-table-forms.ts';
import { ownScreen } from '../../terminal/screen.ts';
import { forScreen } from '../../terminal/wrap-words.ts';
import { type BiasVarianceRows, meanRows, seedRows, variedOf } from './bias-variance-rows.ts';
import { type BiasVarianceStudy, learntDifference, type StudiedSetting } from './bias-variance-study.ts';
import { biasVarianceTables } from './bias-variance-tables.ts';

/** How a study is told. @param notes what the numbers mean @param perSeed every seed's own curve, in csv instead of the means */
export type BiasVarianceText = (study: BiasVarianceStudy, notes: readonly string[], perSeed: boolean) => string;

const rowsOf = (study: BiasVarianceStudy, perSeed: boolean): BiasVarianceRows => (perSeed ? seedRows(study) : meanRows(study));

/** Every output format by name. */
export const biasVarianceTexts = {
  table(study, notes) {
    const screen = ownScreen();
    const tables = biasVarianceTables(study).map((table) => alignedTable(table, screen));
    return [...tables, forScreen(notes.join('\n'), screen, 2)].join('\n\n');
  },
  json: (study, notes, perSeed) =>
    JSON.stringify({ settings: study.settings.map(settingJson), rows: records(rowsOf(study, perSeed)), notes }, null, 2),
  csv(study, _notes, perSeed) {
    const { head, rows } = rowsOf(study, perSeed);
    return csvOf(head, rows);
  },
  latex: (study) =>
    biasVarianceTables(study)
      .map((table, t) => latexOfTable(table, `tab:bias-variance-${t + 1}`))
      .join('\n'),
  markdown: (study, notes) => [...biasVarianceTables(study).map(markdownOfTable), notes.map((note) => `- ${note}`).join('\n')].join('\n\n'),
} satisfies Readonly<Record<string, BiasVarianceText>>;

const records = ({ head, rows }: BiasVarianceRows): object[] =>
  rows.map((row) => Object.fromEntries(row.map((value, i) => [head[i], value])));

/** What a setting is, and its optima; numbers that JSON cannot say are null. */
function settingJson(setting: StudiedSetting): object {
  const { config, curves, learnt } = setting;
  return {
    overrides: Object.fromEntries(variedOf(setting)),
    task: config.task,
    world: config.world,
    exposure: config.exposure,
    loss: config.loss,
    seeds: config.seeds,
    optima: curves.map(({ summary: { predictions, idealLoss, clips, optimum, optima, overUnclipped, overNaive } }) => ({
      predictions,
      idealLoss,
      ...clips[optimum],
      ofSeeds: optima,
      unclippedOverLeast: overUnclipped,
      naiveOverLeast: overNaive,
      learntDifference: learnt && learntDifference(learnt, optimum, learnt.best),
    })),
    learnt: learnt && { metric: learnt.metric, clip: learnt.clips[learnt.best], ...learnt.means[learnt.best] },
  };
}
