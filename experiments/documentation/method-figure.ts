import { join } from 'node:path';
import { readStudy } from '../catalogue/read-study.ts';
import { packageRoot } from '../modules/own-files.ts';
import { configFile, type Drawing, type FigureUse, figureConfigs, figureKinds } from './figure-configs.ts';
import { pageName } from './method-page.ts';

/** Where figures of method pages are. */
export const figureFolder = 'docs/methods/figures';

export interface MethodFigure {
  readonly config: string;
  readonly drawing: Drawing; //           of the page's metric, where it is about one
  readonly lines: readonly string[]; // labels of methods or values of a key: its own, what it is compared with, the best there is
  readonly file: string; //             in the repository
}

/** The figure of a method; null where no config draws it. */
export async function figureOf(slug: string, name: string): Promise<MethodFigure | null> {
  for (const use of Object.hasOwn(figureKinds, slug) ? figureKinds[slug] : []) {
    const figure = await figureBy(use, slug, name);
    if (figure !== null) return figure;
  }
  return null;
}

export const configOf = (use: FigureUse): string => (typeof use === 'string' ? use : use.config);

async function figureBy(use: FigureUse, slug: string, name: string): Promise<MethodFigure | null> {
  const config = configOf(use);
  const { drawing, whole = false } = figureConfigs[config];
  const { labels, metrics } = await namesOf(config);
  const own = `${figureFolder}/${slug}/${pageName(name).replace(/md$/, 'svg')}`;
  if (typeof use !== 'string') {
    if (use.of !== 'metrics') return use.of.includes(name) ? { config, drawing, lines: use.lines ?? labels, file: own } : null;
    const metric = metrics.find((label) => label.startsWith(name) && !/^\w/.test(label.slice(name.length)));
    return metric === undefined ? null : { config, drawing: { ...drawing, metric } as Drawing, lines: labels, file: own };
  }
  if (!labels.includes(name)) return null;
  if (whole) return { config, drawing, lines: labels, file: `${figureFolder}/${slug}/${config}.svg` };
  const ends = 'table' in drawing ? [labels[0]] : [labels[0], labels[labels.length - 1]]; // baselines come first, references last
  return { config, drawing, lines: [...new Set([name, ...ends])], file: own };
}

interface Names {
  readonly labels: readonly string[]; // of what lines are
  readonly metrics: readonly string[];
}

const known = new Map<string, Promise<Names>>();

function namesOf(config: string): Promise<Names> {
  const names = known.get(config) ?? readNames(config);
  known.set(config, names);
  return names;
}

async function readNames(name: string): Promise<Names> {
  const { config } = await readStudy(join(packageRoot, configFile(name)));
  const { metrics = [], searchSessions = null } =
    (config as { evaluation?: { metrics?: readonly string[]; searchSessions?: object | null } }).evaluation ?? {};
  const drawn = searchSessions === null ? metrics : [...metrics, 'num'];
  return { labels: figureConfigs[name].lines ?? config.estimators.map(({ label }) => label), metrics: drawn };
}

/** What stands on a page: the picture, what it shows, and the command that makes its runs. */
export function figureLines({ config, drawing, lines, file }: MethodFigure): string[] {
  const shows = figureConfigs[config].shows.replace('METRIC', 'table' in drawing ? '' : (drawing.metric ?? ''));
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
