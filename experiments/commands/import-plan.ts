import { createHash } from 'node:crypto';
import { fileVersion } from '../../src/data/file-version.ts';
import { countLog } from '../../src/data/log-store/count-log.ts';
import { countNamedLog } from '../../src/data/log-store/count-named-log.ts';
import { columnsFor, type LogColumns, type NamedColumns } from '../../src/data/log-store/log-columns.ts';
import {
  endingOf,
  type LogSource,
  openSource,
  packingOf,
  type SourceForm,
  sourceEndings,
  sourceForms,
} from '../../src/data/log-store/log-source.ts';
import { mergeStores } from '../../src/data/log-store/merge-stores.ts';
import { filesOfLog, isLogStore, readStoreInfo, type StoreInfo } from '../../src/data/log-store/store-info.ts';
import type { WorkRoom } from '../../src/data/log-store/work-database.ts';
import type { WriteStoreOptions } from '../../src/data/log-store/write-store.ts';
import type { NamedLogFormat } from '../../src/data/named-logs/named-log-format.ts';
import { detectNamedLogFormat, folderFormat, namedLogFormats } from '../../src/data/named-logs/named-log-formats.ts';
import { UsageError } from '../../src/errors.ts';
import { lookup } from '../../src/registry.ts';

/** One piece of an import: a file, or some parts of a store. */
export type ImportUnit =
  | { readonly kind: 'columns'; readonly path: string; readonly source: LogSource; readonly columns: LogColumns }
  | { readonly kind: 'named'; readonly path: string; readonly format: string; readonly context: string | null }
  | { readonly kind: 'store'; readonly path: string; readonly parts: readonly number[] };

export interface PlanOptions {
  readonly format?: string;
  readonly separator?: string;
  readonly named: NamedColumns;
}

/** Parts of the same store as one, which so are counted, and their account told, once. */
export function joinParts(units: readonly ImportUnit[]): ImportUnit[] {
  const joined: ImportUnit[] = [];
  for (const unit of units) {
    const last = joined.at(-1);
    if (unit.kind === 'store' && last?.kind === 'store' && last.path === unit.path)
      joined[joined.length - 1] = { ...last, parts: [...last.parts, ...unit.parts] };
    else joined.push(unit);
  }
  return joined;
}

/** Forms that are read by the names of columns, and those that have lines of their own. */
const columnForms: readonly string[] = Object.keys(sourceForms);
const { csv: _csv, 'json-lines': _json, parquet: _parquet, store: _store, ...ownForms } = namedLogFormats;
export const importForms = [...columnForms, ...Object.keys(ownForms)];

/** Whether a folder is one log: a store, or one of a form whose logs are folders. @param format that was asked for */
export async function isOneLog(folder: string, format?: string): Promise<boolean> {
  if (await isLogStore(folder)) return true;
  const form: NamedLogFormat | undefined =
    format !== undefined && Object.hasOwn(ownForms, format) ? ownForms[format as keyof typeof ownForms] : undefined;
  return form === undefined ? (await folderFormat(folder)) !== null : form.isFolder !== undefined;
}

/** What is to be done of a path. @throws UsageError for a form that is not known, or columns that it does not have */
export async function unitsOf(path: string, { format, separator, named }: PlanOptions): Promise<ImportUnit[]> {
  if (await isLogStore(path)) {
    const { parts } = await readStoreInfo(path);
    return Array.from({ length: parts }, (_, part) => ({ kind: 'store', path, parts: [part] }));
  }
  const form = format ?? (await ownFormOf(path, named));
  if (form !== null && !columnForms.includes(form)) {
    lookup('format of a log to import', { ...ownForms, ...sourceForms }, form);
    return [{ kind: 'named', path, format: form, context: contextOf(form, named) }];
  }
  const source = await openSource(path, {
    ...(form !== null && { form: form as SourceForm }),
    ...(separator !== undefined && { separator }),
  });
  return [{ kind: 'columns', path, source, columns: columnsFor(source, named) }];
}

/** A form that is read by rules of its own, by the start of a text or its columns; null where it is told by its ending, or where columns are named. */
async function ownFormOf(path: string, named: NamedColumns): Promise<string | null> {
  const ending = endingOf(path);
  const isTable = Object.hasOwn(sourceEndings, ending) && !/^\.(tsv|tab)$/.test(ending);
  const packed = await packingOf(path).catch(() => 'none'); // what cannot be read is told by who opens it
  if (packed === 'zstd' || (isTable && Object.keys(named).length > 0)) return null;
  const form = await detectNamedLogFormat(path).catch(() => null);
  return form !== null && Object.hasOwn(ownForms, form) ? form : null;
}

function contextOf(form: string, { contexts = [], ...others }: NamedColumns): string | null {
  const [asked] = Object.entries(others).filter(([, value]) => value !== undefined);
  if (asked !== undefined)
    throw new UsageError(`a ${form} log is read by rules of its own and has no columns to name; leave out --${asked[0]}`);
  if (contexts.length > 1) throw new UsageError(`a ${form} log can be read with one --context, not ${contexts.join(', ')}`);
  return contexts[0] ?? null;
}

/** @throws UsageError where units would give stores of different columns */
export function checkAlike(units: readonly ImportUnit[]): void {
  const first = units.find(({ kind }) => kind === 'columns');
  for (const unit of units) {
    if (unit.kind !== 'columns' || first?.kind !== 'columns') continue;
    const words = ({ shape, contexts, policy, time, user, propensity }: LogColumns) =>
      [
        ...[`rows of ${shape}`, ...contexts],
        ...Object.entries({ 'a policy': policy, times: time, users: user, propensities: propensity }).flatMap(([what, column]) =>
          column === null ? [] : [what],
        ),
      ].join(', ');
    if (words(unit.columns) !== words(first.columns))
      throw new UsageError(
        `"${first.path}" has ${words(first.columns)}, and "${unit.path}" has ${words(unit.columns)}; name the columns, or import them apart`,
      );
  }
}

/** What a unit and how it is counted say of each other: another once the file, or what is asked of it, is another. */
export async function keyOf(unit: ImportUnit, onError: string): Promise<string> {
  const version = await Promise.all((await filesOfLog(unit.path)).map(fileVersion));
  const { source, ...rest } = { source: null, ...unit };
  return createHash('sha256')
    .update(JSON.stringify([rest, source, version, onError]))
    .digest('hex')
    .slice(0, 32);
}

export interface UnitOptions extends Pick<WriteStoreOptions, 'shard'> {
  readonly room: WorkRoom;
  readonly onError: 'stop' | 'skip';
  /** Whether it may hold no session: one file of several has a header alone, or nothing but faults. */
  readonly mayBeEmpty: boolean;
}

/** Counts a unit into an empty folder. */
export function countUnit(unit: ImportUnit, folder: string, { room, onError, ...options }: UnitOptions): Promise<StoreInfo> {
  if (unit.kind === 'columns') return countLog(unit.source, unit.columns, folder, { room, onError, ...options });
  if (unit.kind === 'named') return countNamedLog(unit.path, unit.format, unit.context, folder, { room, onError, ...options });
  return mergeStores([{ path: unit.path, parts: unit.parts }], folder, { room, ...options });
}

const shown = (name: string): string => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name));
const separatorNames: Readonly<Record<string, string>> = { ',': 'commas', '\t': 'tabs', ';': 'semicolons', '|': 'bars' };

/** What a unit is taken for, a line for each column that is used. @param named tells what was guessed */
export function planLines(unit: ImportUnit, named: NamedColumns): string[] {
  if (unit.kind === 'store') return ['a log that was imported before'];
  if (unit.kind === 'named') return [`${unit.format}${unit.context === null ? '' : `, contexts: ${unit.context}`}`];
  const { source, columns } = unit;
  const separator =
    source.separator === null ? '' : ` with ${separatorNames[source.separator] ?? JSON.stringify(source.separator)} between cells`;
  const roles: readonly (readonly [string, string | null, unknown])[] =
    columns.shape === 'impressions'
      ? [
          ['session', columns.session.map(shown).join(' and '), named.session],
          ['query', columns.query, named.query],
          ['document', columns.document, named.document],
          ['rank', columns.rank, named.rank],
          ['click', columns.click, named.click],
        ]
      : [
          ['query', columns.query, named.query],
          ['documents', columns.documents, named.documents],
          ['clicks', columns.clicks, named.clicks],
          ['count', columns.count, named.count],
        ];
  const further: typeof roles = [
    ['context', columns.contexts.length === 0 ? null : columns.contexts.map(shown).join(', '), named.contexts],
    ['policy', columns.policy, named.policy],
    ['time', columns.time === null ? null : `${shown(columns.time.column)}, by ${columns.time.every}`, named.time],
    ['user', columns.user, named.user],
    ['propensity', columns.propensity, named.propensity],
  ];
  const used = new Set(
    [...roles, ...further]
      .flatMap(([, name]) => (name === null ? [] : [name]))
      .concat(columns.contexts, columns.shape === 'impressions' ? columns.session : []),
  );
  const unused = source.columns.map(({ name }) => name).filter((name) => !used.has(name) && name !== columns.time?.column);
  return [
    `${source.form}${separator}; each row is ${columns.shape === 'impressions' ? 'one document shown in a session' : 'a session, or several equal ones'}`,
    ...[...roles, ...further].map(
      ([role, name, given]) =>
        `  ${role.padEnd(10)} ${name === null ? '—' : `${name}${given === undefined ? '  (guessed by its name)' : ''}`}`,
    ),
    ...(unused.length === 0 ? [] : [`  not read   ${unused.map(shown).join(', ')}`]),
  ];
}
