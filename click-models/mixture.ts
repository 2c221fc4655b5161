import { UsageError } from '../src/errors.ts';
import { named } from '../src/named.ts';
import { make } from '../src/registry.ts';
import { array, maxValue, minLength, minValue, optional, pipe, positive, strictObject } from '../src/schema.ts';
import { type ClickModel, type ClickModelEntry, clickModel } from './click-model.ts';
import {
  type Behaviour,
  type ClickModelDefinition,
  documentTables,
  type Expression,
  gone,
  type Table,
  type Way,
  waysOf,
} from './definition.ts';

/** Relative to the others'; within bounds in which neither their sum nor a share of it is out of range. */
const weight = () => pipe(positive(), minValue(1e-9), maxValue(1e9));

/**
 * Users of several kinds, each of a click model of its own, and documents that are the same for all: attraction and satisfaction are shared. The kind of a session is the state
 * that its user starts in, so that what is expected of a position weighs the kinds by the clicks above it, and by no other. `share1` is P(kind 1), `share2` P(kind 2 | not kind 1), ….
 * Chuklin et al., Click Models for Web Search, 2015, §7.
 */
export function mixtureOf(entries: Readonly<Record<string, ClickModelEntry>>) {
  const models = pipe(array(named(entries, { weight: optional(weight(), 1) })), minLength(2));
  const usual = [
    { name: 'position-based', weight: 1 },
    { name: 'dynamic-bayesian', weight: 1 },
  ];
  const options = strictObject({ models: optional(models, usual as never) });
  return {
    description: 'mixture: users of several kinds, each with a click model of its own, on the same documents',
    options,
    /** @throws UsageError where what kinds share cannot be one for all: attraction by rank or not, by grade, contexts */
    create(chosen: { readonly models: readonly { readonly name: string; readonly weight: number }[] }, positions: number): ClickModel {
      const kinds = chosen.models.map(({ weight: _, ...choice }) => make('click model', entries, choice as never, positions) as ClickModel);
      checkShared(kinds);
      const weights = chosen.models.map(({ weight }) => weight);
      const rest = weights.map((_, i) => weights.slice(i).reduce((sum, weight) => sum + weight, 0));
      const shares = weights.slice(0, -1).map((weight, i) => [`share${i + 1}`, Float64Array.of(weight / rest[i])] as const);
      const parts = kinds.map(({ definition }, i) => numbered(definition, i + 1));
      const isTold = kinds.some(({ definition: { tables, upToFactor } }) => tables.attraction !== undefined && upToFactor === undefined);
      const parameters = kinds.flatMap(({ parameters: own }, i) =>
        Object.entries(own).map(([name, values]) => [`${name}${i + 1}`, values] as const),
      );
      const [last, ...before] = parts.map(({ start }) => start).reverse();
      const definition: ClickModelDefinition = {
        name: 'mixture',
        tables: {
          ...Object.fromEntries(parts.flatMap(({ tables }) => Object.entries(tables))),
          ...Object.fromEntries(shares.map(([name]) => [name, { by: 'global' } as Table])),
        },
        start: before.reduce<Way>((other, start, i) => [`share${parts.length - 1 - i}`, start, other], last),
        states: Object.fromEntries(parts.flatMap(({ states }) => Object.entries(states))),
        [isTold ? 'toldByOthers' : 'upToFactor']: parts.flatMap(({ upToFactor }) => upToFactor),
        confounded: parts.flatMap(({ confounded }) => confounded),
        interchangeable: interchangeable(kinds),
        held: Object.assign({}, ...parts.map(({ held }) => held)),
      };
      const contexts = kinds.reduce((most, kind) => Math.max(most, kind.contexts), 1);
      const mixed = clickModel(definition, Object.fromEntries([...parameters, ...shares]), positions, contexts);
      const byGrade = kinds.find((kind) => kind.byGrade !== undefined)?.byGrade;
      return { ...mixed, ...(byGrade && { byGrade }) };
    },
  };
}

/** Tables of kinds whose model another kind has too, and the shares that change where they change places. */
function interchangeable(kinds: readonly ClickModel[]): NonNullable<ClickModelDefinition['interchangeable']> {
  const names = kinds.map(({ name }) => name);
  const isTwice = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  const isBetween = (i: number) => names.some((name) => isTwice(name) && names.indexOf(name) <= i && names.lastIndexOf(name) >= i);
  return {
    kinds: kinds.flatMap(({ name, parameters }, i) => (isTwice(name) ? Object.keys(parameters).map((table) => `${table}${i + 1}`) : [])),
    shares: kinds.slice(0, -1).flatMap((_, i) => (isBetween(i) ? [`share${i + 1}`] : [])),
  };
}

/** @throws UsageError where kinds differ in what is one for all of them: how many contexts tables tell apart, whether attraction is by rank, and what it is of a grade */
function checkShared(kinds: readonly ClickModel[]): void {
  const clash = (pick: (kind: ClickModel) => unknown, why: (one: ClickModel, other: ClickModel) => string) => {
    const known = kinds.filter((kind) => pick(kind) !== undefined);
    const other = known.find((kind) => pick(kind) !== pick(known[0]));
    if (other !== undefined) throw new UsageError(why(known[0], other));
  };
  clash(
    ({ definition, contexts }) => (Object.values(definition.tables).some(({ by }) => by === 'context') ? contexts : undefined),
    (one, other) =>
      `a mixture is of lists of the same contexts for all kinds, and ${one.name} tells ${one.contexts} apart, ${other.name} ${other.contexts}; give each as many`,
  );
  clash(
    ({ definition }) => definition.tables.attraction?.by,
    (one, other) =>
      `${one.name} and ${other.name} cannot be mixed: of one a document has an attraction for each rank, of the other one for all ranks, and kinds of a mixture share it; mix models of one sort`,
  );
  clash(
    ({ byGrade }) => byGrade && JSON.stringify([1, 2, 4].map(byGrade)),
    (one, other) =>
      `${one.name} and ${other.name} cannot be mixed with different users, as attraction and satisfaction of a grade are the same for all kinds; give them the same users`,
  );
}

/** The same definition with a number behind the names of its states and of its tables but those of documents. */
function numbered(
  { tables, start, states, upToFactor = [], confounded = [], held = {} }: ClickModelDefinition,
  i: number,
): Required<Pick<ClickModelDefinition, 'tables' | 'start' | 'states' | 'upToFactor' | 'confounded' | 'held'>> {
  const table = (name: string) => (documentTables.includes(name) ? name : `${name}${i}`);
  const state = (name: string) => (name === gone ? gone : `${name}${i}`);
  const event = (one: Expression): Expression => {
    if (typeof one === 'string') return table(one);
    if (typeof one === 'number') return one;
    if ('and' in one) return { and: [event(one.and[0]), event(one.and[1])] };
    if ('not' in one) return { not: event(one.not) };
    if ('latent' in one) return { ...one, of: event(one.of) };
    return { either: [event(one.either[0]), event(one.either[1]), event(one.either[2])] };
  };
  const way = (one: Way): Way => (typeof one === 'string' ? state(one) : [event(one[0]), way(one[1]), way(one[2])]);
  const behaviour = (name: string, one: Behaviour): Behaviour => {
    const { afterClick, afterSkip, unexamined } = waysOf(name, one);
    return {
      examined: event(one.examined),
      clicked: event(one.clicked),
      afterClick: way(afterClick),
      afterSkip: way(afterSkip),
      unexamined: way(unexamined),
    };
  };
  return {
    tables: Object.fromEntries(Object.entries(tables).map(([name, value]) => [table(name), value])),
    start: way(start),
    states: Object.fromEntries(Object.entries(states).map(([name, value]) => [state(name), behaviour(name, value)])),
    upToFactor: upToFactor.map((product) => product.map(table)),
    confounded: confounded.map(({ tables: untold, why }) => ({ tables: untold.map(table), why })),
    held: Object.fromEntries(Object.entries(held).map(([name, at]) => [table(name), at])),
  };
}
