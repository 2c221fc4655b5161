import { pathNameFault } from '../../src/data/path-name.ts';
import {
  array,
  boolean,
  check,
  integer,
  looseObject,
  nullable,
  optional,
  picklist,
  pipe,
  real,
  record,
  type Schema,
  strictObject,
  string,
} from '../../src/schema.ts';
import { fileName, line, ruled } from '../config/text-rules.ts';
import type { StudyDescription } from '../tables/study-description.ts';
import { type ColumnType, isColumnName, isTableName } from '../tables/table.ts';
import type { Checksums } from './checksums.ts';
import type { Provenance } from './provenance.ts';

const columnTypes: ColumnType[] = ['integer', 'number', 'text', 'boolean'];
const distinct = <T>(items: readonly T[], key: (item: T) => unknown): boolean => new Set(items.map(key)).size === items.length;

/** What a metric is called in tables, and by trackers, which name files by it: `nDCG(dcg='exp-log2')@10`. */
const metricName = () =>
  pipe(
    string(),
    check(
      (text) => /^[\p{L}\p{N}_][\p{L}\p{N} _+=.,@:()'-]*$/u.test(text),
      "must name a metric: letters, digits and _ + = . , @ : ( ) ' -",
    ),
    ruled((text) => pathNameFault(text.replaceAll(':', '_'))),
  );

/** Names with / between, under which trackers draw a series. */
const seriesName = () =>
  pipe(
    string(),
    ruled(
      (text) =>
        text
          .split('/')
          .map(pathNameFault)
          .find((fault) => fault !== null) ?? null,
    ),
  );

const tables = array(
  strictObject({
    name: pipe(string(), check(isTableName, 'must name a table: small letters, digits and -')), // and so a file
    description: line(),
    columns: record(
      pipe(string(), check(isColumnName, 'must name a column: small letters, digits and _')),
      strictObject({
        type: picklist(columnTypes),
        description: line(),
        unit: optional(line()),
        optional: boolean(),
        series: optional(seriesName()),
      }),
    ),
  }),
);

/** study.json. */
export const storedStudy = strictObject({
  task: fileName(),
  baseline: optional(nullable(fileName())),
  seedsVary: optional(line()),
  metrics: pipe(
    array(strictObject({ label: metricName(), description: line(), unit: fileName(), lowerIsBetter: boolean() })),
    check((metrics) => metrics.length > 0 && distinct(metrics, ({ label }) => label), 'must be at least one metric, none twice'),
  ),
  methods: array(strictObject({ label: fileName(), name: fileName(), reference: boolean() })),
  tables: pipe(
    tables,
    check((all) => distinct(all, ({ name }) => name), 'must have no table twice'),
  ),
}) as unknown as Schema<StudyDescription>;

/** The keys of config.json that name files and rows, in every kind of study. */
export const storedNames = looseObject({
  name: fileName(),
  labels: optional(record(line(), line())),
  seeds: pipe(
    array(fileName()),
    check((seeds) => seeds.length > 0 && distinct(seeds, (seed) => seed), 'must be at least one seed, none twice'),
  ),
  estimators: pipe(
    array(looseObject({ name: fileName(), label: fileName() })),
    check((methods) => methods.length > 0 && distinct(methods, ({ label }) => label), 'must be at least one method, no label twice'),
  ),
});

const seconds = () => record(line(), real(0));

const storedAccount = looseObject({
  file: string(),
  unit: string(),
  read: integer(),
  kept: integer(),
  merged: integer(),
  rejected: record(string(), integer()),
});

/** Of status.json, what is used again. */
export const storedStatus = looseObject({
  state: optional(line()),
  started: optional(line(40)),
  finished: optional(line(40)),
  wallSeconds: optional(seconds()),
  methodSeconds: optional(seconds()),
  backend: optional(nullable(looseObject({ name: line(), version: line() }))),
  code: optional(nullable(looseObject({ commit: line(100), dirty: boolean() }))),
  git: optional(nullable(looseObject({ commit: line(100), dirty: boolean() }))),
  peakMemoryBytes: optional(real(0)),
  accounting: optional(array(storedAccount)),
  files: optional(record(line(), strictObject({ bytes: integer(), sha256: line(64) }))),
}) as unknown as Schema<Partial<Provenance> & { readonly state?: string; readonly files?: Checksums }>;

/** overrides.json. */
export const storedOverrides = array(line(10_000));
