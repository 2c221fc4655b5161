import { resolve } from 'node:path';
import { informationNeedOptions, ratingOptions, searchSessionOptions } from '../../simulators/index.ts';
import { gainRule } from '../../src/label-gains.ts';
import { named } from '../../src/named.ts';
import {
  array,
  check,
  type Decoded,
  integer,
  nullable,
  optional,
  pipe,
  probability,
  real,
  repetitions,
  shownPositions,
  strictObject,
  union,
} from '../../src/schema.ts';
import { decode } from '../config/decode.ts';
import { loadLayers } from '../config/load-layers.ts';
import type { Layer } from '../config/merge-layers.ts';
import { applyOverrides, parseOverride } from '../config/overrides.ts';
import { type PluginReference, pluginsConfig, pluginsOf, type RecordedPlugin, withPluginPaths } from '../config/plugin-reference.ts';
import { fileName, filePath } from '../config/text-rules.ts';
import { builtInParts, type Parts } from '../parts/parts.ts';

const systems = pipe(
  array(strictObject({ name: fileName(), noise: optional(real(0), 1) })),
  check(
    (list) => list.length > 0 && new Set(list.map(({ name }) => name)).size === list.length,
    'must be at least one system, no name twice',
  ),
);

/** Search sessions to simulate. The ratio of sessions to needs is that of TianGong-ST: 147,155 on 40,596 queries. */
export const sessionSimulationSchema = ({ clickModels }: Pick<Parts, 'clickModels'>) =>
  strictObject({
    plugins: pluginsConfig,
    seed: optional(union([integer(), fileName()]), 1),
    sessions: optional(repetitions(), 3625),
    queries: optional(nullable(filePath()), null), // SVMlight file whose queries are the needs; null: made by `needs`
    needs: optional(informationNeedOptions, {}),
    clickModel: optional(named(clickModels), 'position-based'),
    positions: optional(shownPositions(), 10), //   results shown per query, at most
    gains: optional(gainRule(), 'exponential'), //  of labels: exponential, linear, or a table
    noise: optional(probability(), 0.1), //         attraction of a document of grade 0
    /** Rankers: score = g(y)/g(H), by default (2^y − 1)/(2^H − 1), + noise·z, z standard normal; 0 ranks ideally. All meet the same users. */
    systems: optional(systems, [{ name: 'sessions', noise: 0.5 }]),
    users: optional(strictObject({ ...searchSessionOptions.entries, rating: optional(nullable(ratingOptions), {}) }), {}),
  });
/** With the click models of the package. */
export const sessionSimulationConfig = sessionSimulationSchema(builtInParts);
/** A decoded config of `simulate-sessions`. */
export type SessionSimulationConfig = Decoded<typeof sessionSimulationConfig>;

/** Opens plugins: what there is with them, and what is recorded of them. */
export type OpenParts = (
  plugins: readonly PluginReference[],
) => Promise<{ readonly parts: Parts; readonly plugins: readonly RecordedPlugin[] }>;

/** As `readStudy`, for search sessions. @param typedPlugins files beside those of the config @throws UsageError, DataError as there */
export async function readSessionSimulationConfig(
  file: string,
  overrides: readonly string[] = [],
  open: OpenParts = async () => ({ parts: builtInParts, plugins: [] }),
  typedPlugins: readonly string[] = [],
): Promise<SessionSimulationConfig> {
  const defaults = decode(sessionSimulationConfig, {}, 'defaults');
  const said = applyOverrides((await loadLayers(file)).layer, overrides.map(parseOverride), defaults) as Layer;
  const layer = withPluginPaths(said, '.', file);
  const { parts, plugins } = await open([...pluginsOf(layer), ...typedPlugins.map((path) => ({ path: resolve(path) }))]);
  return decode(sessionSimulationSchema(parts), plugins.length === 0 ? layer : { ...layer, plugins }, file);
}
