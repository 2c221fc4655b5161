import { Command } from 'commander';
import { openStudy, readStudy } from '../catalogue/read-study.ts';
import { planSweep } from '../sweep/plan-sweep.ts';
import { planNotes, plural } from '../sweep/sweep-lines.ts';
import { type PluginOption, pluginOption } from './plugin-option.ts';
import { printConfig } from './print-config.ts';
import { tellUnused } from './tell-unused.ts';

export const validateCommand = () =>
  new Command('validate')
    .argument('<config>', 'YAML or JSON file, or the name of one that comes with the package')
    .argument('[overrides...]', 'key.path=value, put into the config')
    .addOption(pluginOption())
    .addHelpText('after', helpText)
    .action(async (file: string, overrides: readonly string[], { plugin: plugins = [] }: PluginOption) => {
      const { layer } = await (await openStudy(file, plugins)).read([]);
      if (layer.sweep === undefined) {
        const study = await readStudy(file, overrides, { plugins });
        tellUnused([study]);
        return printConfig(study.config);
      }
      const plan = await planSweep(file, { overrides, zip: [], skip: [], plugins });
      console.log(`# ${[`a sweep of ${plural(plan.runs.length, 'run')}, all valid`, ...planNotes(plan)].join('; ')}; the first:`);
      printConfig(plan.runs[0].config);
    });

const helpText = `
Examples:
  counterrank validate quickstart
  counterrank validate quickstart training.loss=pairwise-logistic estimators.1.clip=0.2`;
