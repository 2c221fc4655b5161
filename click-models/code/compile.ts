import type { ClickModelDefinition } from '../definition.ts';
import { type CountEvents, countsCode } from './counts-code.ts';
import { type Walk, walkCode } from './walk-code.ts';

/** Values of every table but, for a walk, those of documents. */
export type TableValues = Readonly<Record<string, Float64Array>>;

type Maker = (
  tables: TableValues,
  counts: TableValues,
  groups: Readonly<Record<string, Uint32Array>>,
  K: number,
  longest: number,
) => unknown;

const [walks, counters] = [new WeakMap<ClickModelDefinition, Maker>(), new WeakMap<ClickModelDefinition, Maker>()];

/** A walk over tables, which it reads whenever it looks. @param K positions that tables have a value for */
export const compileWalk = (definition: ClickModelDefinition, tables: TableValues, K: number): Walk =>
  compiled(walks, definition, walkCode)(tables, {}, groupsOf(definition), K, 0) as Walk;

/** @param counts two numbers for every one of a table that is to be counted @param longest of the lists */
export const compileCounts = (
  definition: ClickModelDefinition,
  tables: TableValues,
  counts: TableValues,
  K: number,
  longest: number,
): CountEvents => compiled(counters, definition, countsCode)(tables, counts, groupsOf(definition), K, longest) as CountEvents;

/** The code of a definition, written and compiled once: loops without a call or an allocation, whatever the model. */
function compiled(
  made: WeakMap<ClickModelDefinition, Maker>,
  definition: ClickModelDefinition,
  code: (of: ClickModelDefinition) => string,
): Maker {
  let maker = made.get(definition);
  if (maker === undefined) {
    const names = Object.keys(definition.tables);
    const bind = (prefix: string, from: string) => names.map((name) => `const ${prefix}_${name} = ${from}.${name};`).join('\n');
    maker = new Function(
      'tables',
      'counts',
      'groups',
      'K',
      'longest',
      `'use strict';\n${bind('t', 'tables')}\n${bind('n', 'counts')}\n${bind('g', 'groups')}\n${code(definition)}`,
    ) as Maker;
    made.set(definition, maker);
  }
  return maker;
}

const groupsOf = ({ tables }: ClickModelDefinition) =>
  Object.fromEntries(Object.entries(tables).flatMap(([name, table]) => ('groups' in table ? [[name, table.groups]] : [])));
