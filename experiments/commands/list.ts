import { Command } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { nearName } from '../../src/registry.ts';
import { type MethodGroup, methodGroups } from '../catalogue/method-groups.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

export const listCommand = () =>
  new Command('list')
    .argument('[name]', 'a method, whose page is printed, or a kind of methods, such as weightings (default: every method of every kind)')
    .addOption(pluginOption())
    .addHelpText('after', helpText)
    .action(async (name: string | undefined, options: PluginOption) => {
      const groups = methodGroups(await catalogueOf(options));
      console.log(name === undefined ? listing(groups) : await about(name, groups));
    });

const helpText = `
Examples:
  counterrank list
  counterrank list weightings
  counterrank list dual-learning       formula, assumptions, when to take it, when it fails, options with defaults`;

const listing = (groups: readonly MethodGroup[]): string =>
  groups
    .map(({ kind, methods }) => `${kind}\n${alignColumns(methods.map(({ name, description }) => [`  ${name}`, description]))}`)
    .join('\n\n');

/** @throws UsageError for what is neither a method nor a kind */
async function about(name: string, groups: readonly MethodGroup[]): Promise<string> {
  const kind = groups.find(({ slug }) => slug === name);
  if (kind !== undefined) return listing([kind]);
  const found = groups.flatMap((group) => group.methods.filter((method) => method.name === name).map((method) => ({ group, method })));
  if (found.length === 0) {
    const known = [...new Set(groups.flatMap(({ slug, methods }) => [slug, ...methods.map((method) => method.name)]))];
    throw new UsageError(
      `no method and no kind is called "${name}"${nearName(name, known) || ';'} kinds: ${groups.map(({ slug }) => slug).join(', ')}; counterrank list shows all methods`,
    );
  }
  const { methodPage } = await import('../documentation/method-page.ts');
  const { readTexts } = await import('../documentation/method-texts.ts');
  const pages = found.map(async ({ group, method }) => methodPage(group, method, await readTexts(group.slug)).trimEnd());
  return (await Promise.all(pages)).join('\n\n');
}
