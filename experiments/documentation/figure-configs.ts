import { join } from 'node:path';
import { readStudy } from '../catalogue/read-study.ts';
import { packageRoot } from '../modules/own-files.ts';
import { pageName } from './method-page.ts';

/** Where the configs are that figures of method pages are made by, and where the figures are. */
const configFolder = 'experiments/configs/figures';
export const figureFolder = 'docs/methods/figures';

/** How the figures of a config are drawn: a metric along a key that a sweep varies, or a column by rank of a table of one run. */
export type Drawing =
  | { readonly metric: string; readonly along: string; readonly words: string; readonly logarithmic: boolean }
  | { readonly table: string; readonly column: string; readonly truth: string; readonly words: string };

interface FigureConfig {
  readonly drawing: Drawing;
  readonly shows: string; // below the figure, after the names of its lines
}

const bySessions = (metric: string) => ({ metric, along: 'simulation.sessions', words: 'sessions', logarithmic: true }) as const;
const ndcg = (users: string, seeds: number, beside = ''): FigureConfig => ({
  drawing: bySessions('ndcg@10'),
  shows: `NDCG@10 by true labels of 150 queries, users ${users}, mean of ${seeds} seeds${beside}`,
});
const examination = (log: string): FigureConfig => ({
  drawing: { table: 'bias', column: 'estimated', truth: 'true', words: 'examination relative to rank 1' },
  shows: `100,000 sessions of position-based users${log}, one seed`,
});

/** By name of the config. */
export const figureConfigs: Readonly<Record<string, FigureConfig>> = {
  estimators: ndcg('position-based', 3),
  affine: ndcg('with trust bias', 3),
  safe: ndcg('position-based', 2, ', 60 steps, which does not train them to the end'),
  weightings: ndcg('position-based', 3),
  losses: ndcg('position-based', 3),
  rankers: ndcg('position-based', 2),
  embedding: {
    drawing: bySessions('ndcg@10'),
    shows: 'NDCG@10 by true labels of the 60 queries that the log is of, users position-based, mean of 3 seeds',
  },
  'bias-estimators': examination(', of which 20,000 more were shuffled'),
  'rand-pair': examination(', and 20,000 with swaps'),
  'adjacent-swap': examination(', and 20,000 with swaps'),
  'fair-pairs': examination(', and 20,000 with swaps'),
  'click-models': {
    drawing: bySessions('perplexity'),
    shows: 'perplexity of clicks not seen, less is better, users dynamic Bayesian, mean of 3 seeds',
  },
  'implicit-recommenders': {
    drawing: { metric: 'auc', along: 'world.power', words: 'world.power', logarithmic: false },
    shows: 'AUC by true relevance of all pairs, exposure the rarer and more uneven the higher world.power, mean of 3 seeds',
  },
};

/** Configs that have a kind's methods, the first that has one counts. */
export const figureKinds: Readonly<Record<string, readonly string[]>> = {
  estimators: ['estimators', 'affine', 'safe'],
  weightings: ['weightings', 'affine'],
  losses: ['losses'],
  rankers: ['rankers', 'embedding'],
  'bias-estimators': ['bias-estimators', 'rand-pair', 'adjacent-swap', 'fair-pairs'],
  'click-models': ['click-models'],
  'implicit-recommenders': ['implicit-recommenders'],
};

export const configFile = (config: string): string => `${configFolder}/${config}.yaml`;

export interface MethodFigure {
  readonly config: string;
  readonly lines: readonly string[]; // labels of methods: its own, what it is compared with, the best there is
  readonly file: string; // in the repository
}

/** The figure of a method; null where no config draws it. */
export async function figureOf(slug: string, name: string): Promise<MethodFigure | null> {
  for (const config of Object.hasOwn(figureKinds, slug) ? figureKinds[slug] : []) {
    const labels = await labelsOf(config);
    if (!labels.includes(name)) continue;
    const { drawing } = figureConfigs[config];
    const ends = 'table' in drawing ? [labels[0]] : [labels[0], labels[labels.length - 1]]; // baselines come first, references last
    return { config, lines: [...new Set([name, ...ends])], file: `${figureFolder}/${slug}/${pageName(name).replace(/md$/, 'svg')}` };
  }
  return null;
}

const known = new Map<string, Promise<readonly string[]>>();

function labelsOf(config: string): Promise<readonly string[]> {
  const labels =
    known.get(config) ??
    readStudy(join(packageRoot, configFile(config))).then(({ config: { estimators } }) => estimators.map(({ label }) => label));
  known.set(config, labels);
  return labels;
}

/** What stands on a page: the picture, what it shows, and the command that makes its runs. */
export function figureLines({ config, lines, file }: MethodFigure): string[] {
  const { drawing, shows } = figureConfigs[config];
  const all = 'table' in drawing ? [...lines, 'the truth'] : lines;
  const words = all.length < 2 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
  const command = 'table' in drawing ? 'run' : 'sweep';
  return [
    `![${lines[0]}: ${shows}](${file.replace('docs/methods/', '../')})`,
    '',
    `${words}: ${shows}. Of \`counterrank ${command} ${configFile(config)}\`, drawn by \`npm run docs:figures\`.`,
    '',
  ];
}
