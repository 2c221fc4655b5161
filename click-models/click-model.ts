import type { Bias } from '../src/bias.ts';
import { UsageError } from '../src/errors.ts';
import type { Registered } from '../src/registry.ts';
import type { GenericSchema } from '../src/schema.ts';
import { biasOf } from './bias-of.ts';
import { compileWalk, type TableValues } from './code/compile.ts';
import type { Walk } from './code/walk-code.ts';
import { type ClickModelDefinition, checkDefinition, documentTables } from './definition.ts';

/** How users click on a list: a definition, and values for all its tables but those of documents, which lists bring. */
export interface ClickModel {
  readonly name: string;
  readonly definition: ClickModelDefinition;
  /** Values by table, in the order that its index gives ({@link TableIndex}). Enough to write down and to make it again. */
  readonly parameters: TableValues;
  /** K, how many positions the parameters cover; Infinity where none is by position. Longer lists are a UsageError. */
  readonly positions: number;
  /** Contexts that the parameters tell apart, at least 1. */
  readonly contexts: number;
  /** What documents need to have: attraction, satisfaction, both or none. */
  readonly documents: readonly string[];
  /** Examination or affine bias, where it is the same for every list and context; null where it depends on the documents above. */
  readonly bias: Bias | null;
  /** Attraction and satisfaction of the grades from 0 to the highest, where the model is made of them; else they come from labels as the simulation says. */
  readonly byGrade?: (highestGrade: number) => { readonly attraction: readonly number[]; readonly satisfaction: readonly number[] };
  /** The walk over the parameters as they are; one at a time, as it is written over. */
  readonly walk: Walk;
}

/** Positions that a model may cover: what a file names and a log shows beyond it is taken for a mistake, before memory is asked for it. */
export const mostPositions = 1_000_000;

/** Receives one click pattern (valid only during the call) and how many sessions had it. */
export type CountedPattern = (clicks: Uint8Array, count: number) => void;

/** A click model, by name; `create` takes decoded options and K, the number of positions. */
export type ClickModelEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never, positions: number) => ClickModel>;

/** How many values a table has; NaN for those by document, which depend on the documents. */
export function sizeOf(definition: ClickModelDefinition, name: string, positions: number, contexts: number): number {
  const table = definition.tables[name];
  switch (table.by) {
    case 'global':
      return 1;
    case 'rank':
    case 'distance':
      return positions;
    case 'lastClick':
      return (positions * (positions + 1)) / 2;
    case 'context':
      return contexts * positions;
    case 'group':
      return highest(table.groups.subarray(0, positions)) + 1;
    case 'nextGroup':
      return highest(table.groups) + 1;
    default:
      return Number.NaN;
  }
}

const highest = (groups: Uint32Array): number => groups.reduce((most, group) => Math.max(most, group), 0);

/**
 * A click model of a definition and values in [0, 1] for all its tables but those of documents.
 * @param positions K, at most {@link mostPositions}; none is kept where no table is by position
 * @throws UsageError where the definition names what it has not, or a table's values are too few, too many or no probabilities
 */
export function clickModel(definition: ClickModelDefinition, parameters: TableValues, positions: number, contexts = 1): ClickModel {
  checkDefinition(definition);
  if (!(positions === Infinity || (Number.isSafeInteger(positions) && positions >= 1 && positions <= mostPositions)))
    throw new UsageError(`click model ${definition.name}: positions must be a whole number from 1 to ${mostPositions}, got ${positions}`);
  const { name, tables } = definition;
  const bare = Object.values(tables).every(({ by }) => by === 'global' || by === 'document');
  for (const [table, own] of Object.entries(tables))
    if ('groups' in own && positions < Infinity && own.groups.length <= positions)
      throw new UsageError(
        `click model ${name}: groups of ${table} need ${positions + 1} values, one per position and one for after the last, got ${own.groups.length}`,
      );
  for (const table of Object.keys(tables)) {
    const [values, size] = [parameters[table], sizeOf(definition, table, positions, contexts)];
    if (Number.isNaN(size)) continue;
    if (values?.length !== size)
      throw new UsageError(`click model ${name}: ${table} needs ${size} values, got ${values?.length ?? 'none'}`);
    const bad = values.findIndex((value) => !(value >= 0 && value <= 1));
    if (bad >= 0) throw new UsageError(`click model ${name}: ${table}[${bad}] must be in [0, 1], got ${values[bad]}`);
  }
  const model = {
    name,
    definition,
    parameters,
    positions: bare ? Infinity : positions,
    contexts,
    documents: documentTables.filter((table) => Object.hasOwn(tables, table)),
    walk: compileWalk(definition, parameters, positions),
  };
  return { ...model, bias: biasOf(model) };
}
