import { shownText } from '../../src/data/decimal.ts';
import { UsageError } from '../../src/errors.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { decodeStudy, openStudy } from '../catalogue/read-study.ts';
import type { ConfigKinds, StudyConfig } from '../config/config-kind.ts';
import { ConfigFaults, decode } from '../config/decode.ts';
import { resolveReferences } from '../config/interpolate.ts';
import { type LauncherConfig, launcherConfig } from '../config/launcher-config.ts';
import type { Layer } from '../config/merge-layers.ts';
import { type Override, parseOverride } from '../config/overrides.ts';
import { type ConfigSource, defaults } from '../config/read-config.ts';
import { sweepConfig } from '../config/sweep-config.ts';
import { type Condition, holds, type Look, parseCondition, valueIn } from './conditions.ts';
import { configHash } from './config-hash.ts';
import { combinations, type SweepSpace, type SweepWords, sweepSpace } from './dimensions.ts';
import { groupFaults, type RunFault } from './group-faults.ts';
import { runId } from './run-id.ts';
import { baselineFault, severalBaselines } from './sweep-baseline.ts';

/** One run of a sweep. */
export interface PlannedRun {
  readonly id: string; //                   its folder's name
  readonly hash: string; //                 what it is known by
  readonly overrides: readonly string[]; // as they could be typed to make it alone
  readonly config: StudyConfig;
  readonly baseline?: string | null; //     as said: one of its own methods, or of those of other runs of the sweep
}

/** Every run that a config and typed words ask for. */
export interface SweepPlan {
  readonly file: string; //       as typed
  readonly words: SweepRequest;
  readonly space: SweepSpace;
  readonly runs: readonly PlannedRun[];
  readonly skipped: number; //    combinations that a condition left out
  readonly repeated: number; //   combinations that gave a config which another one had given
  readonly launcher: LauncherConfig;
}

/** What is typed beside the config of a sweep. */
export interface SweepRequest extends SweepWords {
  readonly plugins?: readonly string[]; // beside those of the file, as typed
  readonly skip: readonly string[]; // conditions beside those of the file
}

/**
 * Every run that a config file and typed words ask for, each with its config checked.
 * @param extend the runs may be compared with one of another sweep, to which they are added
 * @throws UsageError for all faults of all runs at once, a baseline that is none of their methods, a sweep without values, one where nothing is left, or one above 100,000 runs
 */
export async function planSweep(file: string, words: SweepRequest, { extend = false } = {}): Promise<SweepPlan> {
  const source = await openStudy(file, words.plugins);
  const { layer, origin, kinds } = await source.read([]);
  const { sweep = {}, launcher = {}, ...own } = layer;
  const section = decode(sweepConfig, sweep, `${file}: sweep`, [], (path) => origin(['sweep', ...path]));
  const space = sweepSpace(section, words);
  const total = space.groups.reduce((product, [axis]) => product * axis.overrides.length, 1);
  if (space.groups.length === 0)
    throw new UsageError(`nothing to sweep: give a key several values, such as seed=1..10, or write a sweep section in ${file}`);
  if (total > mostRuns) throw new UsageError(`the sweep would have ${total} runs, more than ${mostRuns}; split it`);
  const conditions = [...section.skip, ...words.skip].map(parseCondition);
  const { faults, runs, skipped, repeated } = await collectRuns(file, source, space, conditions);
  if (faults.length > 0) throw new UsageError(groupFaults(file, faults, runs.length + faults.length));
  if (runs.length === 0) throw new UsageError(`no run is left: the conditions leave out all ${total} combinations`);
  const problem = extend ? null : baselineFault(runs);
  if (problem !== null) throw new UsageError(`${file}: baseline: ${problem}${origin(['baseline'])}`);
  const env = resolveReferences({ launcher }, defaults(kinds.kindOf(own, file)), process.env);
  return {
    file,
    words,
    space,
    runs,
    skipped,
    repeated,
    launcher: decode(launcherConfig, env.resolved.launcher, `${file}: launcher`, env.faults, (path) => origin(['launcher', ...path])),
  };
}

const mostRuns = 100_000;

async function collectRuns(file: string, source: ConfigSource, space: SweepSpace, conditions: readonly Condition[]) {
  const varied = new Set(space.groups.flat().filter(({ overrides }) => overrides.length > 1));
  const runs = new Map<string, PlannedRun>();
  const faults: RunFault[] = [];
  const known = new Set<string>(); // keys of conditions that some combination has
  const tasks = new Set<string>();
  let [skipped, repeated] = [0, 0];
  for (const overrides of combinations(space)) {
    const typed = overrides.map(parseOverride);
    const { layer, putOut, origin, kinds } = await source.read(typed);
    const { sweep: _sweep, launcher: _launcher, ...own } = layer;
    const look = noting(lookUp(kinds, own, typed, file), known);
    if (conditions.map((condition) => holds(condition, look)).includes(true)) {
      skipped++;
      continue;
    }
    tasks.add(kinds.kindOf(own, file).name);
    if (tasks.size > 1)
      throw new UsageError(`${file}: a sweep is of one task, but its runs are of ${[...tasks].join(' and ')}; make two sweeps`);
    const run = attempt(() => decodeStudy(own, file, { catalogue: kinds as Catalogue, putOut, origin }), overrides, faults);
    if (run === null) continue;
    const { config, baseline } = run;
    const hash = configHash(config);
    const shown = overrides.filter((_, i) => varied.has(space.slots[i] as never));
    const same = runs.get(hash);
    if (same !== undefined && same.baseline !== baseline)
      throw new UsageError(`${file}: baseline: ${severalBaselines([same.baseline, baseline])}`);
    if (same !== undefined) repeated++;
    else runs.set(hash, { id: runId(shown, hash), hash, overrides, config, ...(baseline !== undefined && { baseline }) });
  }
  checkKeys(conditions, known);
  return { runs: [...runs.values()], faults, skipped, repeated };
}

/** What a combination has at a path: in its config, its references resolved, or as it was typed, which presets are not seen otherwise. */
function lookUp(kinds: ConfigKinds, layer: Layer, typed: readonly Override[], file: string): Look {
  const standard = defaults(kinds.kindOf(layer, file));
  const inConfig = valueIn(resolveReferences(layer, standard, process.env).resolved, standard);
  return (path) => inConfig(path) ?? typed.findLast((override) => override.path.join('.') === path.join('.'))?.value;
}

function attempt<T>(make: () => T, overrides: readonly string[], faults: RunFault[]): T | null {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error;
    faults.push({ overrides, faults: error.faults });
    return null;
  }
}

const noting =
  (look: Look, known: Set<string>): Look =>
  (path) => {
    const value = look(path);
    if (value !== undefined) known.add(path.join('.'));
    return value;
  };

function checkKeys(conditions: readonly Condition[], known: ReadonlySet<string>): void {
  for (const { text, parts } of conditions)
    for (const { path } of parts)
      if (!known.has(path.join('.'))) throw new UsageError(`skip: ${shownText(text)}: no combination has the key ${path.join('.')}`);
}
