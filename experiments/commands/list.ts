import { Command } from 'commander';
import { methodGroups } from '../catalogue/method-groups.ts';
import { alignColumns } from '../terminal/align-columns.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

export const listCommand = () =>
  new Command('list').addOption(pluginOption()).action(async (options: PluginOption) => {
    const groups = methodGroups(await catalogueOf(options)).map(({ kind, methods }) => {
      return `${kind}\n${alignColumns(methods.map(({ name, description }) => [`  ${name}`, description]))}`;
    });
    console.log(groups.join('\n\n'));
  });
