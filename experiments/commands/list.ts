import { Command } from 'commander';
import { methodGroups } from '../catalogue/method-groups.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

export const listCommand = () =>
  new Command('list')
    .description('every registered method of every kind, one line each')
    .addOption(pluginOption())
    .action(async (options: PluginOption) => {
      const groups = methodGroups(await catalogueOf(options)).map(({ kind, methods }) => {
        const width = Math.max(...methods.map(({ name }) => name.length));
        return [kind, ...methods.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`)].join('\n');
      });
      console.log(groups.join('\n\n'));
    });
