import { Command } from 'commander';
import { configSchema } from '../config/config-schema.ts';
import { catalogueOf, type PluginOption, pluginOption } from './plugin-option.ts';

export const schemaCommand = () =>
  new Command('schema')
    .argument('[task]', 'such as implicit-feedback; without one that of ranking (counterrank list names all)')
    .addOption(pluginOption())
    .addHelpText('after', helpText)
    .action(async (task: string | undefined, options: PluginOption) => {
      const kind = (await catalogueOf(options)).kindOf(task === undefined ? {} : { task }, 'schema');
      console.log(JSON.stringify(configSchema(kind), null, 2));
    });

const helpText = `
Example:
  counterrank schema > counterrank.schema.json
  then, as the first line of a config: # yaml-language-server: $schema=counterrank.schema.json`;
