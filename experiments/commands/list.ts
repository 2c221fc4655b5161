import { Command } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { nearName } from '../../src/registry.ts';
import { type MethodGroup, methodGroups } from '../catalogue/method-groups.ts';
import { markdownOnScreen } from '../terminal/markdown-on-screen.ts';
import { ownScreen } from '../terminal/screen.ts';
import { forScreen, hangingColumns } from '../terminal/wrap-words.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

interface ListOptions extends PluginOption {
  readonly json?: boolean;
}

export const listCommand = () =>
  new Command('list')
    .argument('[name]', 'a method, whose page is printed, or a kind of methods, such as weightings (default: every method of every kind)')
    .addOption(pluginOption())
    .option('--json', 'as JSON: every kind with the names and descriptions of its methods')
    .addHelpText('after', helpText)
    .action(async (name: string | undefined, options: ListOptions) => {
      const groups = methodGroups(await catalogueOf(options));
      if (options.json) return console.log(JSON.stringify(asData(groupsNamed(name, groups)), null, 2));
      console.log(name === undefined ? listing(groups) : await about(name, groups));
    });

const helpText = `
Examples:
  counterrank list
  counterrank list weightings
  counterrank list dual-learning       formula, assumptions, when to take it, when it fails, options with defaults`;

const asData = (groups: readonly MethodGroup[]) =>
  groups.map(({ kind, slug, methods }) => ({ kind, slug, methods: methods.map(({ name, description }) => ({ name, description })) }));

/** All groups, the one of that name, or those that have a method of that name. */
const groupsNamed = (name: string | undefined, groups: readonly MethodGroup[]): readonly MethodGroup[] => {
  if (name === undefined) return groups;
  const found = groups.flatMap((group) => {
    if (group.slug === name) return [group];
    const methods = group.methods.filter((method) => method.name === name);
    return methods.length === 0 ? [] : [{ ...group, methods }];
  });
  if (found.length === 0) throw unknown(name, groups);
  return found;
};

const listing = (groups: readonly MethodGroup[]): string =>
  groups
    .map(
      ({ kind, methods }) =>
        `${forScreen(kind, ownScreen(), 2)}\n${hangingColumns(
          methods.map(({ name, description }) => [`  ${name}`, description]),
          ownScreen(),
        )}`,
    )
    .join('\n\n');

/** @throws UsageError for what is neither a method nor a kind */
async function about(name: string, groups: readonly MethodGroup[]): Promise<string> {
  const kind = groups.find(({ slug }) => slug === name);
  if (kind !== undefined) return listing([kind]);
  const found = groups.flatMap((group) => group.methods.filter((method) => method.name === name).map((method) => ({ group, method })));
  if (found.length === 0) throw unknown(name, groups);
  const { methodPage } = await import('../documentation/method-page.ts');
  const { readTexts } = await import('../documentation/method-texts.ts');
  const pages = found.map(async ({ group, method }) =>
    markdownOnScreen(methodPage(group, method, await readTexts(group.slug)).trimEnd(), ownScreen()),
  );
  return (await Promise.all(pages)).join('\n\n');
}

function unknown(name: string, groups: readonly MethodGroup[]): UsageError {
  const known = [...new Set(groups.flatMap(({ slug, methods }) => [slug, ...methods.map((method) => method.name)]))];
  return new UsageError(
    `no method and no kind is called "${name}"${nearName(name, known) || ';'} kinds: ${groups.map(({ slug }) => slug).join(', ')}; counterrank list shows all methods`,
  );
}
