import { type MethodGroup, methodGroups } from '../catalogue/method-groups.ts';
import { methodPage, pageName } from './method-page.ts';
import { readTexts } from './method-texts.ts';

const folder = 'docs/methods';
const howMade = '<!-- npm run docs writes this from the registries and the texts in docs/methods/texts -->';

/** Every page that is made, by its path in the repository: one a method, and their index. */
export async function methodPages(groups: readonly MethodGroup[] = methodGroups()): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([[`${folder}/README.md`, indexOf(groups)]]);
  for (const group of groups) {
    const texts = await readTexts(group.slug);
    for (const method of group.methods)
      pages.set(`${folder}/${group.slug}/${pageName(method.name)}`, `${howMade}\n${methodPage(group, method, texts)}`);
  }
  return pages;
}

function indexOf(groups: readonly MethodGroup[]): string {
  const kinds = groups.map(({ kind, slug, methods }) => {
    const lines = methods.map(({ name, description }) => `- [\`${name}\`](${slug}/${pageName(name)}): ${description}`);
    return `## ${kind}\n${lines.join('\n')}\n`;
  });
  return `${howMade}\n# Methods\nWhat there is to choose from, by kind, with the config key that chooses it. \`counterrank list\` prints the same, \`counterrank list ips\` a page.\n\n${kinds.join('\n')}`;
}
