import { Command } from 'commander';
import { stringify } from 'yaml';
import { readAnyConfig } from '../config/any-config.ts';

export const validateCommand = () =>
  new Command('validate')
    .description('print a config with all its defaults, or everything that is wrong with it')
    .argument('<config>', 'YAML or JSON file')
    .argument('[overrides...]', 'key.path=value, put into the config')
    .addHelpText(
      'after',
      `
Examples:
  counterrank validate experiments/configs/quickstart.yaml
  counterrank validate quickstart.yaml training.loss=pairwise-logistic estimators.1.clip=0.2`,
    )
    .action(async (file: string, overrides: readonly string[]) => {
      process.stdout.write(stringify(await readAnyConfig(file, overrides)));
    });
