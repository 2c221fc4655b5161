import { Command } from 'commander';
import { configSchema } from '../config/config-schema.ts';

export const schemaCommand = () =>
  new Command('schema')
    .description('print the JSON Schema of a config file, for editors')
    .argument('[task]', 'implicit-feedback, explicit-feedback or conversions; without one that of ranking')
    .addHelpText(
      'after',
      `
Example:
  counterrank schema > counterrank.schema.json
  then, as the first line of a config: # yaml-language-server: $schema=counterrank.schema.json`,
    )
    .action((task?: string) => {
      console.log(JSON.stringify(configSchema(task), null, 2));
    });
