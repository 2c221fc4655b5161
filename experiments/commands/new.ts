import { join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { nameFault } from '../catalogue/check-plugin.ts';
import { partKinds } from '../catalogue/part-kinds.ts';
import { type PluginLanguage, pluginFiles, pluginLanguages, pluginTemplates } from '../catalogue/plugin-templates.ts';
import { checkWritable, writeNewText } from '../records/new-folder.ts';
import { commandLine } from '../terminal/shell-words.ts';

interface NewOptions {
  readonly out: string;
  readonly language: PluginLanguage;
}

export const newCommand = () =>
  new Command('new')
    .argument('<kind>', Object.keys(pluginTemplates).join(', '))
    .argument('<name>', 'what configs will call it: small letters, digits and single -')
    .option('--out <dir>', 'folder to write into', '.')
    .addOption(new Option('--language <name>', 'TypeScript, or JavaScript (.mjs)').choices(pluginLanguages).default('ts'))
    .addHelpText('after', helpText)
    .action(writePlugin);

const helpText = `
Examples:
  counterrank new estimator rank-weighted          writes rank-weighted.ts and rank-weighted.test.ts
  counterrank new metric mean-grade --language js  writes mean-grade.mjs and mean-grade.test.mjs
  counterrank new click-model patient-reader --out plugins

Each runs as it is: change the formula and its test, then
  node --import counterrank/register --test rank-weighted.test.ts
  counterrank run quickstart --plugin rank-weighted.ts 'estimators=[naive, rank-weighted, skyline]'
  counterrank list --plugin rank-weighted.ts`;

async function writePlugin(kind: string, name: string, { out, language }: NewOptions): Promise<void> {
  const { part, config } = lookup('kind', pluginTemplates, kind);
  const { parts, tasks } = builtIn();
  const fault = nameFault(part, name, Object.keys(part === 'tasks' ? tasks : parts[part]));
  if (fault !== null) throw new UsageError(`${partKinds[part].noun} "${name}" ${fault}`);
  const files = await pluginFiles(kind, name, language);
  const paths = [...files.keys()].map((file) => join(out, file));
  for (const path of paths) await checkWritable(path);
  for (const [file, text] of files) await writeNewText(join(out, file), text);
  const [plugin, test] = paths.map((path) => relative('.', path));
  console.log(`wrote ${plugin} and ${test}

In a config in this folder:
  plugins: [./${plugin}]
  ${config(name).replaceAll('\n', '\n  ')}

Its test:
  ${commandLine(['node', '--import', 'counterrank/register', '--test', test])}`);
}
