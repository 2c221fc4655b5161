import type { Schema } from '../../src/schema.ts';
import type { Fault } from '../../src/schema-faults.ts';
import type { BackendChoice } from '../../src/tensor/backend.ts';
import type { LauncherConfig } from './launcher-config.ts';
import type { RecordedPlugin } from './plugin-reference.ts';
import type { SweepConfig } from './sweep-config.ts';

/** What every config of a study says. */
export interface StudyConfig {
  readonly task?: string | undefined; //              absent for the default one
  readonly plugins?: readonly RecordedPlugin[] | undefined; // absent where there are none
  readonly name: string; //               names the run folder
  readonly seeds: readonly string[]; //   one whole experiment each
  readonly baseline: string | null; //    label of the method that the others are tested against
  readonly labels?: Readonly<Record<string, string>> | undefined; // what people read in place of names of methods, metrics, data sets
  readonly backend: BackendChoice;
  readonly estimators: readonly { readonly name: string; readonly label: string }[];
}

/** A file's content once it is checked: a run whose singular forms are not yet put into the lists, and what stands beside it. */
export type FileContent<C extends StudyConfig = StudyConfig> = Omit<C, 'seeds' | 'baseline' | 'estimators'> & {
  readonly seeds?: readonly string[] | undefined;
  readonly baseline?: string | null | undefined;
  readonly estimators?: C['estimators'] | undefined;
  readonly seed?: string | number | undefined;
  readonly estimator?: C['estimators'][number] | undefined;
  readonly extends?: unknown;
  readonly preset?: unknown;
  readonly sweep?: SweepConfig | undefined;
  readonly launcher?: LauncherConfig | undefined;
};

/** Whether the logs will be simulated; if they are given, what the simulation cannot offer is no fault. */
export interface ConfigUse {
  readonly simulated?: boolean;
}

/** A kind of study, as far as its configs go: the strict schemas of a run and of a file, and the faults that no single value has. */
export interface ConfigKind<C extends StudyConfig = StudyConfig> {
  readonly name: string; // the config's `task`
  readonly isDefault: boolean; // the task of a config that names none; written or not, its config is the same
  readonly run: Schema<C> & { readonly entries: Readonly<Record<string, unknown>> };
  readonly file: Schema<FileContent<C>>;
  faults(config: C, use: ConfigUse): Fault[];
}

/** The kinds that a config can be of, with the plugins that some of them, or of their parts, come from. */
export interface ConfigKinds {
  readonly plugins: readonly RecordedPlugin[];
  /** The kind that a config is of, by its key `task`. @throws UsageError for an unknown task */
  kindOf(input: unknown, source: string): ConfigKind;
}
