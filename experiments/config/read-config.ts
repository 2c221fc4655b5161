import { UsageError } from '../../src/errors.ts';
import { type AnyConfig, type FileContent, type Task, taskOf } from '../engine/tasks.ts';
import { refuseTask } from '../tasks/ranking/refuse-task.ts';
import type { RunConfig } from '../tasks/ranking/run-config.ts';
import { decode, listFaults } from './decode.ts';
import type { Fault } from './faults.ts';
import { resolveReferences } from './interpolate.ts';
import { loadLayers, loadPresets } from './load-layers.ts';
import { isGroup, type Layer, mergeLayers } from './merge-layers.ts';
import { type Origin, originOf } from './origin.ts';
import { applyOverrides, type Override, parseOverride } from './overrides.ts';

/** Whether the logs will be simulated; if they are given, what the simulation cannot offer is no fault. */
export interface ConfigUse {
  readonly simulated?: boolean;
  /** Says behind a fault which file is to blame, where that is not the config itself. */
  readonly origin?: Origin;
}

/** What a file and overrides ask for: one run, or with a sweep section many. */
export interface FileConfig {
  readonly run: AnyConfig;
  readonly sweep: FileContent['sweep'];
  readonly launcher: FileContent['launcher'];
}

/**
 * The config of a comparison of rankers, YAML or JSON, with `key.path=value` overrides put in, what it extends and refers to put together, and every default
 * filled in.
 * @throws UsageError for a missing file, and for all faults of keys and values at once; DataError with line and column for broken YAML or JSON
 */
export async function readConfig(file: string, overrides: readonly string[] = [], use: ConfigUse = {}): Promise<RunConfig> {
  const { layer, origin } = await (await openConfig(file)).read(overrides.map(parseOverride));
  return decodeConfig(layer, file, { ...use, origin });
}

/** A config file that has been read, for any number of runs from it. */
export interface ConfigSource {
  /** What it says with the overrides put in, in their order, and who says it; `preset=name` puts a preset over what was said before it. */
  read(overrides: readonly Override[]): Promise<{ readonly layer: Layer; readonly origin: Origin }>;
}

export async function openConfig(file: string): Promise<ConfigSource> {
  const { layer: own, folder, parts: ownParts } = await loadLayers(file);
  const presets = new Map<string, Awaited<ReturnType<typeof loadPresets>>>();
  const preset = async ({ value, text }: Override) => {
    const known = presets.get(text) ?? (await loadPresets(value, folder, text));
    presets.set(text, known);
    return known;
  };
  return {
    async read(overrides) {
      checkOnce(overrides);
      let layer = own;
      const parts = [...ownParts];
      for (const override of overrides)
        if (override.path.join('.') === 'preset') {
          const over = await preset(override);
          layer = mergeLayers(layer, over.layer);
          parts.push(...over.parts);
        } else {
          layer = applyOverrides(layer, [override], defaults(taskOf(layer, file))) as Layer;
          parts.push({ file: null, layer: applyOverrides({}, [override], {}) as Layer });
        }
      return { layer, origin: originOf(parts) };
    },
  };
}

const decodedDefaults = new Map<string | null, AnyConfig>();
/** What a config of a task says that says nothing else. */
export function defaults({ name, run }: Task): AnyConfig {
  const known = decodedDefaults.get(name);
  if (known !== undefined) return known;
  const decoded = decode(run, name === null ? {} : { task: name }, 'defaults');
  decodedDefaults.set(name, decoded);
  return decoded;
}

/** The same thing said in both of its forms on one command line. */
function checkOnce(overrides: readonly Override[]): void {
  const find = (root: string) => overrides.find(({ path }) => path[0] === root)?.text;
  for (const [one, many] of pairs) {
    const [single, list] = [find(one), find(many)];
    if (single !== undefined && list !== undefined) throw new UsageError(`"${single}" and "${list}" say the same thing; give one of them`);
  }
}
const pairs = [
  ['seed', 'seeds'],
  ['estimator', 'estimators'],
] as const;

/** The run of a comparison of rankers. @throws UsageError that names all faults, or for a config with a task */
export function decodeConfig(input: unknown, source: string, use: ConfigUse = {}): RunConfig {
  refuseTask(input, source);
  return decodeFile(input, source, use).run as RunConfig;
}

/** @throws UsageError that names all faults */
export function decodeFile(input: unknown, source: string, { simulated = true, origin }: ConfigUse = {}): FileConfig {
  const { sweep: asked, ...own } = isGroup(input) ? input : {};
  const task = taskOf(own, source);
  const standard = defaults(task);
  const { resolved, faults } = resolveReferences(own, standard, process.env);
  const bothGiven = pairs
    .filter(([one, many]) => one in own && many in own)
    .map(([one, many]): Fault => ({ path: [one], problem: `says the same as ${many}; give one of them` }));
  const checked = isGroup(input) ? { ...resolved, ...('sweep' in input && { sweep: asked }) } : input;
  const {
    seed,
    estimator,
    seeds,
    estimators,
    baseline,
    sweep,
    launcher,
    extends: _files,
    preset: _presets,
    ...rest
  } = decode(task.file, checked, source, [...faults, ...bothGiven], origin);
  const run = inOrder(task, {
    ...rest,
    seeds: seed === undefined ? (seeds ?? standard.seeds) : [String(seed)],
    baseline: baseline === undefined ? (estimator === undefined ? standard.baseline : null) : baseline,
    estimators: estimator === undefined ? (estimators ?? standard.estimators) : [estimator],
  } as AnyConfig);
  const impossible = task.faults(run, simulated);
  if (impossible.length > 0) throw new UsageError(listFaults(source, impossible, origin));
  return { run, sweep, launcher };
}

/** Keys in the schema's order, so that equal configs are written the same. */
const inOrder = ({ run }: Task, config: AnyConfig): AnyConfig =>
  Object.fromEntries(Object.keys(run.entries).map((key) => [key, config[key as keyof AnyConfig]])) as unknown as AnyConfig;
