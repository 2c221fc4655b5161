import { type MethodGroup, methodGroups } from '../catalogue/method-groups.ts';
import { figureLines, figureOf } from './method-figure.ts';
import { methodPage, pageName } from './method-page.ts';
import { readTexts } from './method-texts.ts';

const folder = 'docs/methods';
/** Pages about a kind as a whole, in docs. */
const guides: Readonly<Record<string, string>> = {
  tasks: 'configs',
  estimators: 'which-estimator',
  'bias-estimators': 'bias',
  weightings: 'weightings',
  interventions: 'bias',
  'click-models': 'click-models',
  'click-scores': 'click-models',
  rankers: 'trees',
  losses: 'losses',
  'session-metrics': 'search-sessions',
  'session-log-formats': 'search-sessions',
  'gold-metrics': 'search-sessions',
  'pair-tests': 'search-sessions',
  measures: 'trec-runs',
  'implicit-recommenders': 'recommendation',
  'explicit-recommenders': 'recommendation',
  'conversion-recommenders': 'recommendation',
  'exposure-estimators': 'recommendation',
  worlds: 'recommendation',
  readers: 'recommendation',
};
const howMade = '<!-- npm run docs writes this from the registries and the texts in docs/methods/texts -->';

/** Every page that is made, by its path in the repository: one a method, and their index. */
export async function methodPages(groups: readonly MethodGroup[] = methodGroups()): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([[`${folder}/README.md`, indexOf(groups)]]);
  for (const group of groups) {
    const texts = await readTexts(group.slug);
    for (const method of group.methods) {
      const figure = await figureOf(group.slug, method.name);
      const page = [methodPage(group, method, texts), ...(figure === null ? [] : figureLines(figure))].join('\n');
      pages.set(`${folder}/${group.slug}/${pageName(method.name)}`, withIndex(page, group.kind));
    }
  }
  return pages;
}

function indexOf(groups: readonly MethodGroup[]): string {
  const kinds = groups.map(({ kind, slug, methods }) => {
    const lines = methods.map(({ name, description }) => `- [\`${name}\`](${slug}/${pageName(name)}): ${description}`);
    const guide = Object.hasOwn(guides, slug) ? `See [${guides[slug]}](../${guides[slug]}.md).\n\n` : '';
    return `## ${kind}\n${guide}${lines.join('\n')}\n`;
  });
  return `${howMade}\n# Methods\nWhat there is to choose from, by kind, with the config key that chooses it. \`counterrank list\` prints the same, \`counterrank list ips\` a page.\n\n${kinds.join('\n')}`;
}

/** The page in a folder: with a way back. */
const withIndex = (page: string, kind: string): string =>
  `${howMade}\n${page.replace(`\n${kind}\n`, `\n${kind} · [all methods](../README.md)\n`)}`;
