import { resolve } from 'node:path';
import type { Fault } from '../../src/schema-faults.ts';
import type { ConfigKind, ConfigKinds, ConfigUse, FileContent, StudyConfig } from './config-kind.ts';
import { ConfigFaults, decode } from './decode.ts';
import { fitPresets, isShippedPreset } from './fit-presets.ts';
import { resolveReferences } from './interpolate.ts';
import { loadLayers, loadPresets } from './load-layers.ts';
import { isGroup, type Layer, mergeLayers, singularForms } from './merge-layers.ts';
import { methodFaults } from './method-faults.ts';
import { type LayerPart, type Origin, originOf } from './origin.ts';
import { applyOverrides, checkOnce, inTurn, type Override } from './overrides.ts';
import { type PluginReference, pluginsOf, withPluginPaths } from './plugin-reference.ts';

/** What a file and overrides ask for: one run, or with a sweep section many. */
export interface FileConfig {
  readonly run: StudyConfig;
  readonly kind: ConfigKind;
  readonly baseline: string | null | undefined; // as said, also where one method alone has taken the place of those that it is one of
  readonly sweep: FileContent['sweep'];
  readonly launcher: FileContent['launcher'];
}

/** What a file says with overrides put in, who says it, and the kinds it can be of. */
export interface ConfigReading {
  readonly layer: Layer;
  readonly putOut?: unknown; // the baseline of the file whose methods a single one has taken the place of
  readonly origin: Origin;
  readonly kinds: ConfigKinds;
}

/** A config file that has been read, for any number of runs from it. */
export interface ConfigSource {
  /** With the overrides put in, in their order; `preset=name` puts a preset over what was said before it. */
  read(overrides: readonly Override[]): Promise<ConfigReading>;
}

export interface OpenOptions {
  readonly plugins: readonly string[]; // beside those of the config, as typed
  /** The kinds there are with these plugins. @throws UsageError for a plugin that cannot be taken */
  kindsOf(plugins: readonly PluginReference[]): Promise<ConfigKinds>;
}

/** @throws UsageError for a missing file, DataError with line and column for broken YAML or JSON */
export async function openConfig(file: string, { plugins, kindsOf }: OpenOptions): Promise<ConfigSource> {
  const { layer: own, folder, parts: ownParts } = await loadLayers(file);
  const presets = new Map<string, Awaited<ReturnType<typeof loadPresets>>>();
  const preset = async ({ value, text }: Override) => {
    const known = presets.get(text) ?? (await loadPresets(value, folder, text));
    presets.set(text, known);
    return known;
  };
  const typed = plugins.map((path) => ({ path: resolve(path) }));
  const pluginsIn = (layer: Layer) => [
    ...pluginsOf(layer),
    ...typed.filter(({ path }) => !pluginsOf(layer).some((one) => one.path === path)),
  ];
  return {
    async read(overrides) {
      checkOnce(overrides);
      const task = overrides.findLast(({ path }) => path.join('.') === 'task');
      const asTask = (layer: Layer) => (task === undefined ? layer : { ...layer, task: task.value });
      const fitted = async (found: readonly LayerPart[], layer: Layer) =>
        found.some(isShippedPreset) ? fitPresets(found, (await kindsOf(pluginsIn(layer))).kindOf(asTask(layer), file)) : [...found];
      const parts = await fitted(ownParts, own);
      let layer = mergeParts({}, parts);
      for (const override of inTurn(overrides))
        if (override.path.join('.') === 'preset') {
          const over = await fitted((await preset(override)).parts, layer);
          layer = mergeParts(layer, over);
          parts.push(...over);
        } else {
          const standard = override.path[0] === 'plugins' ? {} : defaults((await kindsOf(pluginsIn(layer))).kindOf(asTask(layer), file));
          layer = withPluginPaths(applyOverrides(layer, [override], standard) as Layer, '.', override.text);
          parts.push({ file: null, layer: applyOverrides({}, [override], {}) as Layer });
        }
      const kinds = await kindsOf(pluginsIn(layer));
      const putOut = 'baseline' in layer ? undefined : parts.findLast((part) => 'baseline' in part.layer)?.layer.baseline;
      return { layer: kinds.plugins.length === 0 ? layer : { ...layer, plugins: kinds.plugins }, putOut, origin: originOf(parts), kinds };
    },
  };
}

/** Parts put over a layer, one after another. */
const mergeParts = (lower: Layer, parts: readonly LayerPart[]): Layer =>
  parts.reduce((layer, part) => mergeLayers(layer, part.layer), lower);

const decodedDefaults = new WeakMap<ConfigKind, StudyConfig>();
/** What a config of a kind says that says nothing else. */
export function defaults(kind: ConfigKind): StudyConfig {
  const known = decodedDefaults.get(kind);
  if (known !== undefined) return known;
  const decoded = decode(kind.run, kind.isDefault ? {} : { task: kind.name }, 'defaults');
  decodedDefaults.set(kind, decoded);
  return decoded;
}

/**
 * The content of a file as a run of its kind, every default filled in, and what stands beside it.
 * A default is no fault: where the default baseline is not among the methods there is none.
 * @param origin which file to name behind a fault @throws UsageError that names all faults
 */
export function decodeFile(
  input: unknown,
  source: string,
  kinds: ConfigKinds,
  { putOut, ...use }: ConfigUse & Pick<ConfigReading, 'putOut'> = {},
  origin?: Origin,
): FileConfig {
  const { sweep: asked, ...said } = isGroup(input) ? input : {};
  const own = putOut === undefined ? said : { ...said, baseline: putOut };
  const kind = kinds.kindOf(own, source);
  const standard = defaults(kind);
  const { resolved, faults } = resolveReferences(own, standard, process.env);
  const bothGiven = singularForms
    .filter(([one, many]) => one in own && many in own)
    .map(([one, many]): Fault => ({ path: [one], problem: `says the same as ${many}; give one of them` }));
  const checked = isGroup(input) ? { ...resolved, ...('sweep' in input && { sweep: asked }) } : input;
  const content = decode(kind.file, checked, source, [...faults, ...bothGiven], origin);
  const { seed, estimator, seeds, estimators, baseline, sweep, launcher } = content;
  const methods = estimator === undefined ? (estimators ?? standard.estimators) : [estimator];
  const usualBaseline = estimator === undefined && methods.some(({ label }) => label === standard.baseline) ? standard.baseline : null;
  const run = inOrder(kind, {
    ...content,
    seeds: seed === undefined ? (seeds ?? standard.seeds) : [String(seed)],
    baseline: putOut === undefined && baseline !== undefined ? baseline : usualBaseline,
    estimators: methods,
  });
  const impossible = [...methodFaults(run), ...kind.faults(run, use)];
  if (impossible.length > 0) throw new ConfigFaults(source, impossible, origin);
  return { run, kind, baseline, sweep, launcher };
}

/** The keys of a run in the schema's order, so that equal configs are written the same; without the name of the default task, and plugins where there are none. */
function inOrder({ run, isDefault }: ConfigKind, config: StudyConfig): StudyConfig {
  const said = Object.keys(run.entries).filter((key) => !(key === 'task' && isDefault) && config[key as keyof StudyConfig] !== undefined);
  return Object.fromEntries(said.map((key) => [key, config[key as keyof StudyConfig]])) as unknown as StudyConfig;
}
