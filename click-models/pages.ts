import { UsageError } from '../src/errors.ts';
import { named } from '../src/named.ts';
import { make } from '../src/registry.ts';
import { array, integer, minLength, nullable, optional, picklist, pipe, probability, strictObject, string, union } from '../src/schema.ts';
import { type ClickModel, type ClickModelEntry, clickModel, sizeOf } from './click-model.ts';
import { type Behaviour, type ClickModelDefinition, either, gone, type Table, type Way, waysOf } from './definition.ts';

export interface PagesOptions {
  readonly model: { readonly name: string };
  readonly pageSize: number;
  readonly nextPage: number | readonly number[];
  readonly ranks: 'list' | 'page';
  readonly pager: string | null;
}

/**
 * Result pages of P documents, of which a user sees the next one only after a click on "next page". Within pages users do as another model says; who has not left after the last
 * document of page p clicks "next page" with probability ν_p or leaves, so that the other model's examination below is multiplied by ν_1 … ν_p. What users carry on down the list
 * (satisfaction, the last click, their kind in a mixture) they carry over pages. Assumes that ν depends on the page alone. With one page it is the other model.
 *
 * - Unlogged (`pager: null`): lists show documents only, and whether users went on is hidden.
 * - Logged: behind each full page the list has an entry for "next page", at ranks P + 1, 2(P + 1), …, with a 1 where it was clicked. It is no document and draws nothing from the other
 *   model's tables, but takes a rank, and its click counts as the last one. A list may end with it, as where further pages were never shown.
 *
 * Chuklin, Serdyukov & de Rijke, CIKM 2013, put "next page" into lists in the simplified dynamic Bayesian model; as here alike for all queries: SDBN(P-Q).
 */
export function pagesOf(entries: Readonly<Record<string, ClickModelEntry>>) {
  const options = strictObject({
    model: optional(named(entries), 'dynamic-bayesian' as never),
    pageSize: optional(integer(1, 1000), 10), // documents of a page
    nextPage: optional(union([probability(), pipe(array(probability()), minLength(1))]), 0.3), // ν, one for all pages or one each; our choice
    ranks: optional(picklist(['list', 'page']), 'list'), // what the other model takes ranks from: the top of the list, or of each page, which is then begun anew
    pager: optional(nullable(pipe(string(), minLength(1))), null), // how ids of the entries for "next page" begin in logs; null: they have none
  });
  return {
    description: 'pages: any other model, and a click on "next page" between pages of the list, logged or not (Chuklin et al. 2013)',
    options,
    /** @throws UsageError where `nextPage` gives too few values, or the other model's tables do not suit `ranks` or `pager` */
    create({ model, pageSize, nextPage, ranks, pager }: PagesOptions, positions: number): ClickModel {
      const stride = pager === null ? pageSize : pageSize + 1;
      const K = ranks === 'page' ? Math.min(pageSize, positions) : positions;
      const inner = make('click model', entries, model as never, K) as ClickModel;
      checkSuits(inner, ranks, pager);
      const { tables, states, confounded = [], counting, ...rest } = inner.definition;
      const turns = Math.max(1, pager === null ? Math.ceil(positions / stride) - 1 : Math.floor(positions / stride)); // from a page to the next
      const turnOf = Uint32Array.from({ length: positions + 1 }, (_, k) => Math.min(turns - 1, Math.floor(k / stride)));
      const shared = Object.entries(inner.parameters).some(
        ([name, ends]) => /^rowEnd\d*$/.test(name) && ends.some((end, k) => end === 1 && (k + 1) % pageSize === 0),
      );
      const untold = [
        ...confounded,
        ...(shared ? [{ tables: ['nextPage'], why: 'nextPage and going on from a row that ends a page are told as a product' }] : []),
      ];
      const definition: ClickModelDefinition = {
        ...rest,
        name: 'pages',
        tables: {
          ...(ranks === 'list' ? tables : Object.fromEntries(Object.entries(tables).map(([name, one]) => [name, onPage(one)]))),
          pageEnd: { by: 'rank', fixed: true },
          nextPage: typeof nextPage === 'number' ? { by: 'global' } : { by: 'group', groups: turnOf },
        },
        states: Object.fromEntries(
          Object.entries(states).map(([state, one]) => [state, pager === null ? turning(state, one) : clicking(state, one)]),
        ),
        pages: { size: pageSize, pager },
        confounded: untold,
        ...(pager !== null && counting === 'exact' && { counting }), // which the clicks do not hide
      };
      const values = {
        ...inner.parameters,
        pageEnd: Float64Array.from({ length: positions }, (_, k) => Number((k + 1) % stride === 0)),
        nextPage: Float64Array.from(typeof nextPage === 'number' ? [nextPage] : nextPage),
      };
      if (typeof nextPage !== 'number' && nextPage.length < turns)
        throw new UsageError(
          `nextPage gives ${nextPage.length} values, and lists of ${positions} positions go on to a next page ${turns} times; give one for all, or one each`,
        );
      const cut = Object.entries(values).map(([name, all]) => [name, all.slice(0, sizeOf(definition, name, positions, inner.contexts))]);
      const paged = clickModel(definition, Object.fromEntries(cut), positions, inner.contexts);
      return { ...paged, ...(inner.byGrade && { byGrade: inner.byGrade }) };

      /** A table of the other model, whose positions are those of a page. */
      function onPage(table: Table): Table {
        const places = (of: (slot: number) => number) => Uint32Array.from({ length: positions + 1 }, (_, k) => of(k % stride));
        if (table.by === 'rank') return { ...table, by: 'group', groups: places((slot) => Math.min(slot, K - 1)) };
        if (!('groups' in table)) return table;
        const { groups } = table;
        if (table.by === 'group') return { ...table, groups: places((slot) => groups[Math.min(slot, K - 1)]) };
        return { ...table, groups: places((slot) => groups[slot === pageSize ? 0 : slot]) }; // on to "next page" is on to the next page's first row
      }
    },
  };
}

/** @throws UsageError where the other model's tables cannot be by ranks of a page, or by ranks that "next page" is one of */
function checkSuits({ name, definition }: ClickModel, ranks: 'list' | 'page', pager: string | null): void {
  const kinds = Object.values(definition.tables).map(({ by }) => by);
  const through = kinds.find((by) => by === 'lastClick' || by === 'distance' || by === 'context' || by === 'documentRank');
  if (ranks === 'page' && through !== undefined)
    throw new UsageError(`${name} has a table by ${through}, which goes by ranks of the whole list; use ranks: list`);
  if (ranks === 'list' && pager !== null && kinds.some((by) => by === 'group' || by === 'nextGroup'))
    throw new UsageError(`${name} goes by rows of the list, which entries for "next page" would shift; use ranks: page, or pager: null`);
}

/** A behaviour after which, at the end of a page, only who clicks "next page" goes on. */
function turning(state: string, behaviour: Behaviour): Behaviour {
  const { afterClick, afterSkip, unexamined } = waysOf(state, behaviour);
  const turned = (way: Way): Way => {
    if (typeof way !== 'string') return [way[0], turned(way[1]), turned(way[2])];
    return way === gone ? gone : ['pageEnd', ['nextPage', way, gone], way];
  };
  return { ...behaviour, afterClick: turned(afterClick), afterSkip: turned(afterSkip), unexamined: turned(unexamined) };
}

/** A behaviour which at an entry for "next page" is to click on it and go on, or else to leave. */
function clicking(state: string, behaviour: Behaviour): Behaviour {
  const { afterClick, afterSkip, unexamined } = waysOf(state, behaviour);
  return {
    examined: either('pageEnd', 1, behaviour.examined),
    clicked: either('pageEnd', 'nextPage', behaviour.clicked),
    afterClick: ['pageEnd', state, afterClick],
    afterSkip: ['pageEnd', gone, afterSkip],
    unexamined,
  };
}
