import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../modules/own-files.ts';
import type { PartKey } from './part-kinds.ts';

/** A working plugin of a kind, to begin with: a folder of that name in templates/. */
export interface PluginTemplate {
  readonly part: PartKey;
  readonly config: (name: string) => string; // lines that use it
}

/** By what `counterrank new` calls the kind. */
export const pluginTemplates: Readonly<Record<string, PluginTemplate>> = {
  estimator: { part: 'estimators', config: (name) => `estimators: [naive, ${name}]` },
  'click-model': { part: 'clickModels', config: (name) => `simulation: { clickModel: ${name} }` },
  metric: { part: 'metrics', config: (name) => `evaluation: { metrics: [ndcg@10, ${name}@10] }` },
  loss: { part: 'losses', config: (name) => `training: { loss: ${name} }` },
  reader: {
    part: 'readers',
    config: (name) =>
      `task: implicit-feedback
world: { name: recorded, reader: ${name}, path: FOLDER }
exposure: popularity-power
estimators: [naive, ips]
evaluation: { metrics: [auc, ndcg@5] }`,
  },
};

export const pluginLanguages = ['ts', 'js'] as const;
export type PluginLanguage = (typeof pluginLanguages)[number];

/** JavaScript is a module by its ending, whatever package.json says; TypeScript is imported by the name that its compiler gives it. */
const endings = { ts: { own: 'ts', imported: 'js' }, js: { own: 'mjs', imported: 'mjs' } } as const satisfies Record<
  PluginLanguage,
  object
>;

/** The templates that come with the package. */
const folder = join(packageRoot, 'experiments/templates');

/** The files of a plugin and of its test by name. What a test says has no types, so that it is the same in both languages. */
export async function pluginFiles(kind: string, name: string, language: PluginLanguage): Promise<ReadonlyMap<string, string>> {
  const { own, imported } = endings[language];
  const text = async (file: string) =>
    (await readFile(join(folder, kind, file), 'utf8')).replaceAll('my-method.js', `my-method.${imported}`).replaceAll('my-method', name);
  return new Map([
    [`${name}.${own}`, await text(`my-method.${own}`)],
    [`${name}.test.${own}`, await text('my-method.test.ts')],
  ]);
}
