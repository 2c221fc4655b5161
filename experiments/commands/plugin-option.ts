import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Catalogue } from '../catalogue/catalogue.ts';

export interface PluginOption {
  readonly plugin?: readonly string[];
}

export const pluginOption = () =>
  new Option('--plugin <file>', 'TypeScript or JavaScript that adds methods, beside the plugins of the config; may be repeated').argParser(
    (path: string, before: readonly string[] = []) => [...before, path],
  );

/** What there is to choose from where no config says it. */
export async function catalogueOf({ plugin = [] }: PluginOption): Promise<Catalogue> {
  const { openCatalogue } = await import('../catalogue/open-catalogue.ts'); // and with it every method
  return openCatalogue(plugin.map((path) => ({ path: resolve(path) })));
}

/** The option as it can be typed again. */
export const typedPlugins = ({ plugin = [] }: PluginOption): string[] => plugin.flatMap((path) => ['--plugin', path]);
