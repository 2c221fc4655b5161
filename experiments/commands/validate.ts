import { Command } from 'commander';
import { openConfig } from '../config/read-config.ts';
import { readAnyConfig } from '../engine/any-config.ts';
import { planSweep } from '../sweep/plan-sweep.ts';
import { planNotes, plural } from '../sweep/sweep-lines.ts';
import { printConfig } from './print-config.ts';

export const validateCommand = () =>
  new Command('validate')
    .description('print a config with all its defaults, or everything that is wrong with it; of a sweep every run is checked')
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
      const { layer } = await (await openConfig(file)).read([]);
      if (layer.sweep === undefined) return printConfig(await readAnyConfig(file, overrides));
      const plan = await planSweep(file, { overrides, zip: [], skip: [] });
      console.log(`# ${[`a sweep of ${plural(plan.runs.length, 'run')}, all valid`, ...planNotes(plan)].join('; ')}; the first:`);
      printConfig(plan.runs[0].config);
    });
