import type { Accounting } from '../../src/data/accounting.ts';
import type { Described } from '../../src/registry.ts';
import type { ConfigKind, StudyConfig } from '../config/config-kind.ts';
import type { Presentation } from '../report/presentation.ts';
import type { RunResult } from '../tables/run-result.ts';
import type { MethodDescription, MetricDescription } from '../tables/study-description.ts';
import type { Table, TableRows } from '../tables/table.ts';
import type { OnProgress } from '../terminal/progress.ts';
import type { StageCache } from './stage-cache.ts';

/**
 * A kind of study: what its configs say, what a seed draws, how methods learn from it and are measured, which tables that gives and how they
 * are shown. Commands, sweeps, records, reports and trackers know no more of it than this.
 */
export interface Task<C extends StudyConfig = StudyConfig> extends ConfigKind<C>, Presentation<C> {
  readonly description: string;
  readonly methods: Readonly<Record<string, Described & { readonly reference?: boolean }>>;
  readonly tables: readonly Table[];
  /** Small configs as a user may write them: they run in a second. */
  readonly examples: readonly object[];
  metrics(config: C): readonly MetricDescription[];
  /** What progress calls the data, and what a seed draws. */
  progressWords(config: C): { readonly data: string; readonly world: string };
  /** All that seeds vary, where the data are recorded and the same for all of them: "the training"; null where they draw data. */
  seedsVary?(config: C): string | null;
  /** Whether networks are trained, which need a tensor backend. By default yes. */
  usesTensors?(config: C): boolean;
  /** How long the work may take, where that can be foretold; null where it is short, or nobody knows. */
  expectedWork?(config: C): Promise<ExpectedWork | null>;
  prepare(config: C, stages: StageCache): Promise<Prepared>;
  /** Settings other than the defaults that no method of the config reads, each as `key: why`. */
  unused?(config: C): string[];
  /** What a reader of a run must be told, beside what its seeds and findings say. */
  warnings?(result: RunResult): string[];
  /** The files that the config's data are read from; null where they are made. */
  data?(config: C): DataFiles | null;
  /** Of one that a plugin brought: what was thrown, with the plugin's file. */
  named?(error: unknown): unknown;
  /** Writes what the first seed draws. */
  simulate?(config: C, options: SimulateOptions, onProgress: OnProgress): Promise<Simulation>;
  /** Where it is not: what to do instead, in words. */
  readonly insteadOfSimulate?: string;
}

/** A rough foretelling of a run. */
export interface ExpectedWork {
  readonly seconds: number; // of one process
  readonly what: string; //    takes it: mlp × 30, prpo × 5
  readonly parts: number; //   that processes can share: seeds
  readonly lighter: string | null; // an override that takes less; null where there is none
}

export interface DataFiles {
  readonly place: string; // the same for configs with the same files
  files(): Promise<readonly string[]>;
  /** Reads them; of kinds that hold parts of the data apart. */
  parts?(): Promise<DataParts>;
}

/** Parts of data of which one must not see another. */
export interface DataParts {
  readonly sizes: string; //                    in words
  readonly shared: readonly SharedQueries[]; // where they do
}

/** Queries that two parts have in common. */
export interface SharedQueries {
  readonly common: number;
  readonly all: number; //   of the part that is measured by
  readonly words: string; // what that does
}

export interface SimulateOptions {
  readonly out: string; //          where the folder will be
  readonly fileFormat?: string; // as asked for
}

export interface Simulation {
  write(folder: string): Promise<void>;
  readonly told: string; // what was written, for the screen
  readonly accounting?: readonly Accounting[]; // of files that were read
}

/** What all seeds of a run share. */
export interface Prepared {
  /** What became of all that the files of the data hold. */
  readonly accounting?: readonly Accounting[];
  seed(seed: string): SeedStudy | Promise<SeedStudy>;
}

/** What all methods of a seed meet. */
export interface SeedStudy {
  readonly units: RunResult['units'][number];
  readonly warnings?: readonly string[]; // told for the first seed
  learn(method: StudyConfig['estimators'][number]): Learnt | Promise<Learnt>;
  /** Rows that only all methods together give, by method; asked for when all are measured. */
  together?(): readonly (readonly TableRows[])[];
  /** The values of all methods, [method][metric], where one is relative to another. @throws UsageError where they make no sense */
  settle?(values: readonly (readonly Float64Array[])[]): readonly (readonly Float64Array[])[];
}

/** What a method came to. */
export interface Learnt {
  /** Of every metric, one value per unit; NaN: undefined. */
  evaluate(): readonly Float64Array[] | Promise<readonly Float64Array[]>;
  /** Why all of them are undefined, where a log tells a method nothing: the run goes on with the others, and tells it. */
  readonly undefinedBecause?: string;
  readonly rows?: readonly TableRows[];
  /** Keeps what was learnt in a folder of its own. */
  save?(folder: string): Promise<void>;
}

/** The methods that a config compares, as records and reports know them. */
export const methodsOf = ({ methods }: Pick<Task, 'methods'>, { estimators }: Pick<StudyConfig, 'estimators'>): MethodDescription[] =>
  estimators.map(({ label, name }) => ({ label, name, reference: methods[name]?.reference === true }));

/** As records and reports know it; nothing where seeds draw data. */
export function seedsVaryOf<C extends StudyConfig>({ seedsVary }: Pick<Task<C>, 'seedsVary'>, config: C): { readonly seedsVary?: string } {
  const words = seedsVary?.(config) ?? null;
  return words === null ? {} : { seedsVary: words };
}

/** The task itself, checked: every view, note, finding and remark is of a table that it declares. Types follow the schemas. */
export function defineTask<C extends StudyConfig>(task: Task<C>): Task<C> {
  const twice = task.tables.find(({ name }, t) => task.tables.findIndex((other) => other.name === name) !== t);
  if (twice !== undefined) throw new Error(`task ${task.name} declares the table "${twice.name}" twice`);
  for (const { table } of [...task.views, ...task.notes, ...task.findings, ...(task.remarks ?? [])])
    if (!task.tables.includes(table)) throw new Error(`task ${task.name} shows the table "${table.name}", which is not among its tables`);
  return task;
}
