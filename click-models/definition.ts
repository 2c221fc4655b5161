import { UsageError } from '../src/errors.ts';

/**
 * What one parameter of a table belongs to. k is a position, 0-based; "last click" is the last position clicked above, or none; K the positions covered.
 * - global: one; rank: K; lastClick: rank and last click, K(K + 1)/2; distance: k − last click, without one k + 1, K
 * - context: a context of the session (device, page type) and rank, contexts × K
 * - group: groups[k], as the row or the column of a grid; nextGroup: groups[k + 1], of what is decided on the way to the next position
 * - document: a query and a document; documentRank: and rank, documents × K
 */
export type TableIndex =
  | { readonly by: 'global' | 'rank' | 'lastClick' | 'distance' | 'context' | 'document' | 'documentRank' }
  | { readonly by: 'group' | 'nextGroup'; readonly groups: Uint32Array };

/** A table of probabilities. A fixed one is part of what the model is, and no fit changes it. */
export type Table = TableIndex & { readonly fixed?: boolean };

/**
 * The probability of a yes-or-no event, from independent draws: a table's name is a draw with its probability; a conjunction of events, the second drawn
 * only where the first happened; one or the other event, as a third decides; the contrary. `latent` gives an event a name to report it by.
 */
export type Expression =
  | string
  | 0
  | 1
  | { readonly and: readonly [Expression, Expression] }
  | { readonly not: Expression }
  | { readonly either: readonly [of: Expression, yes: Expression, no: Expression] }
  | { readonly latent: string; readonly of: Expression };

/** Where a user goes: a state, or one way or another as an event decides. */
export type Way = string | readonly [event: Expression, yes: Way, no: Way];

/** What a user does at a position in a state, and the way to the state at the next. Ways default to the state itself. */
export interface Behaviour {
  readonly examined: Expression; //   P(E = 1 | state)
  readonly clicked: Expression; //    P(C = 1 | E = 1)
  readonly afterClick?: Way;
  readonly afterSkip?: Way; //        examined and not clicked
  readonly unexamined?: Way;
}

/** A way to change tables by c > 0 so that no click changes its probability; 1 changes nothing. */
export interface Shift {
  readonly of: readonly string[]; // names of the tables that change
  /** Writes the values that they have then, which may be no probabilities, to `moved`. */
  readonly move: (values: Readonly<Record<string, Float64Array>>, c: number, moved: Readonly<Record<string, Float64Array>>) => void;
}

export interface Confounded {
  readonly tables: readonly string[];
  readonly why: string;
}

/**
 * A click model: a walk down the list whose state cannot be seen. At each position the user examines or not, and clicks what is examined or not, with probabilities
 * that are expressions of tables; then the state changes. Everything follows from it: probabilities, sampling, likelihood, expected counts, gradients.
 */
export interface ClickModelDefinition {
  readonly name: string;
  readonly tables: Readonly<Record<string, Table>>;
  readonly start: Way; //                                   the state at the first position
  readonly states: Readonly<Record<string, Behaviour>>; // besides `gone`, in which nothing is examined any more
  /**
   * Tables whose product is all that attraction is multiplied by, for each kind of users, where clicks tell it up to one factor only, the same for all kinds: products times c and
   * attraction by c foretell the same. None for a kind in which other tables take up the factor.
   */
  readonly upToFactor?: readonly (readonly string[])[];
  /** Such products of kinds of users beside others whose clicks tell attraction itself, and with it the factor. */
  readonly toldByOthers?: readonly (readonly string[])[];
  /** Tables that no log tells, or not apart, and why in words. */
  readonly confounded?: readonly Confounded[];
  /** Tables of kinds of users that are of one model, and shares of kinds that change where they change places: no log tells which kind is which, so that values are told but for that. */
  readonly interchangeable?: { readonly kinds: readonly string[]; readonly shares: readonly string[] };
  /** Further ways, besides factors, to change tables with attraction that leave all clicks as likely, with what fits hold held. */
  readonly shifts?: readonly Shift[];
  /** Of confounded tables those that fits hold, and at which value: others take up what it leaves, so that no distribution of clicks is lost, and a fit does not wander where all are as likely. */
  readonly held?: Readonly<Record<string, number>>;
  /** Whether counting is a fit: exact where no state is hidden by the clicks; as far as the last click where it is taken to end the session. */
  readonly counting?: 'exact' | 'to-last-click';
  /** How many documents a page of the list has, and how ids of its entries for "next page", which are no documents, begin; null where it has none. */
  readonly pages?: { readonly size: number; readonly pager: string | null };
}

/** What documents have: how likely they are clicked when examined, and how likely to satisfy once clicked. */
export const documentTables: readonly string[] = ['attraction', 'satisfaction'];

/** The state of a user who has left. */
export const gone = 'gone';

/** All of these happen, independently: the product of their probabilities. */
export const and = (first: Expression, ...rest: readonly Expression[]): Expression =>
  rest.reduce<Expression>((all, one) => ({ and: [all, one] }), first);
/** The event does not happen: 1 − its probability. */
export const not = (event: Expression): Expression => ({ not: event });
/** The one where `of` happens, the other where not: of · yes + (1 − of) · no. */
export const either = (of: Expression, yes: Expression, no: Expression): Expression => ({ either: [of, yes, no] });
/** An event under a name, so that draws of what users did unseen (`sampleLatents`) tell whether it happened. */
export const latent = (name: string, of: Expression): Expression => ({ latent: name, of });

/**
 * Tables as far as clicks tell them: products that are told up to a factor are divided by the first value of the first of them, and of the tables of a product all but the last
 * by their own first value, which the last is multiplied by.
 */
export function relativeTables(
  { upToFactor = [], toldByOthers = [] }: Pick<ClickModelDefinition, 'upToFactor' | 'toldByOthers'>,
  tables: Readonly<Record<string, Float64Array>>,
): Readonly<Record<string, Float64Array>> {
  const firsts = (names: readonly string[]) => names.reduce((product, name) => product * tables[name][0], 1);
  const common = firsts(upToFactor.find((product) => product.length > 0) ?? []);
  const relative = [...upToFactor, ...toldByOthers].flatMap((product) =>
    product.map((name, i) => {
      const isLast = i === product.length - 1;
      const scale = isLast ? common / firsts(product.slice(0, i)) : tables[name][0];
      return [name, tables[name].map((value) => value / scale)] as const;
    }),
  );
  return { ...tables, ...Object.fromEntries(relative) };
}

/** Whether position k of lists is an entry for "next page". */
export const isPager = ({ pages }: Pick<ClickModelDefinition, 'pages'>, k: number): boolean =>
  pages !== undefined && pages.pager !== null && (k + 1) % (pages.size + 1) === 0;

/** The tables that an expression draws from. */
export function tablesOf(expression: Expression): readonly string[] {
  if (typeof expression === 'string') return [expression];
  if (typeof expression === 'number') return [];
  if ('and' in expression) return expression.and.flatMap(tablesOf);
  if ('not' in expression) return tablesOf(expression.not);
  return 'either' in expression ? expression.either.flatMap(tablesOf) : tablesOf(expression.of);
}

/** The states that a way ends in. */
export const endsOf = (way: Way): readonly string[] => (typeof way === 'string' ? [way] : [...endsOf(way[1]), ...endsOf(way[2])]);

const eventsOf = (way: Way): readonly Expression[] => (typeof way === 'string' ? [] : [way[0], ...eventsOf(way[1]), ...eventsOf(way[2])]);

/** A behaviour with its ways written out. */
export const waysOf = (state: string, { afterClick = state, afterSkip = state, unexamined = state }: Behaviour) => ({
  afterClick,
  afterSkip,
  unexamined,
});

const isExpression = (event: unknown): boolean => {
  if (typeof event === 'string' || event === 0 || event === 1) return true;
  if (typeof event !== 'object' || event === null) return false;
  const { and: both, not: other, either: three, latent: name, of } = event as Readonly<Record<string, unknown>>;
  if (Array.isArray(both)) return both.length === 2 && both.every(isExpression);
  if (Array.isArray(three)) return three.length === 3 && three.every(isExpression);
  return other === undefined ? typeof name === 'string' && isExpression(of) : isExpression(other);
};

/** @throws UsageError where a definition names a table or a state that it has not */
export function checkDefinition({ name, tables, start, states }: ClickModelDefinition): void {
  const fault = (problem: string) => {
    throw new UsageError(`click model ${name}: ${problem}`);
  };
  for (const table of Object.keys(tables)) if (!/^[a-z][a-zA-Z0-9]*$/.test(table)) fault(`table "${table}" must be a word in camel case`);
  for (const [table, { by }] of Object.entries(tables))
    if (by.startsWith('document') !== documentTables.includes(table))
      fault(`tables by document are ${documentTables.join(' and ')}, and no other: got "${table}" by ${by}`);
  const kinds = ['global', 'rank', 'lastClick', 'distance', 'context', 'group', 'nextGroup', 'document', 'documentRank'];
  for (const [table, { by }] of Object.entries(tables))
    if (!kinds.includes(by)) fault(`table "${table}" is by "${by}"; known: ${kinds.join(', ')}`);
  if (tables.satisfaction && tables.satisfaction.by !== 'document') fault('satisfaction is by document');
  if (Object.hasOwn(states, gone)) fault(`"${gone}" is the state of users who have left, and no state of its own`);
  for (const event of eventsOf(start).flatMap(tablesOf))
    if (Object.hasOwn(tables, event) && tables[event].by !== 'global' && tables[event].by !== 'nextGroup')
      fault(
        `the start draws from "${event}", by ${tables[event].by}; before the first position there are tables by global and nextGroup only`,
      );
  const check = (ways: readonly Way[], expressions: readonly Expression[], where: string) => {
    for (const end of ways.flatMap(endsOf))
      if (end !== gone && !Object.hasOwn(states, end)) fault(`${where} leads to "${end}", which is no state`);
    for (const event of [...ways.flatMap(eventsOf), ...expressions])
      if (!isExpression(event)) fault(`${where} has an event that is none: ${JSON.stringify(event)}`);
    for (const table of [...ways.flatMap(eventsOf), ...expressions].flatMap(tablesOf))
      if (!Object.hasOwn(tables, table)) fault(`${where} draws from "${table}", which is no table`);
  };
  check([start], [], 'the start');
  for (const [state, behaviour] of Object.entries(states))
    check(Object.values(waysOf(state, behaviour)), [behaviour.examined, behaviour.clicked], `state "${state}"`);
}
