import type { Behaviour, ClickModelDefinition, Expression, Table, Way } from '../../click-models/index.ts';

/** One way that a session can go: its probability, clicks, what was examined, and every draw. */
export interface Path {
  readonly probability: number;
  readonly clicks: readonly number[];
  readonly examined: readonly number[];
  readonly draws: readonly { readonly table: string; readonly place: number; readonly happened: boolean }[];
}

type Tables = Readonly<Record<string, ArrayLike<number>>>;
type Then = (happened: boolean, path: Path) => Path[];

/** Every path of a session through a list, written from the meaning of a definition, draw by draw: no recursion over positions is shared with the package's own. */
export function pathsOf(
  definition: ClickModelDefinition,
  values: Tables,
  documents: readonly number[],
  context: number,
  K: number,
): Path[] {
  const { tables, states, start } = definition;

  const draw = (event: Expression, k: number, last: number, path: Path, then: Then): Path[] => {
    if (typeof event === 'number') return then(event === 1, path);
    if (typeof event === 'string') {
      const place = placeOf(tables[event], k, last);
      const p = values[event][place];
      return [true, false].flatMap((happened) => {
        const chance = happened ? p : 1 - p;
        if (chance === 0) return [];
        return then(happened, {
          ...path,
          probability: path.probability * chance,
          draws: [...path.draws, { table: event, place, happened }],
        });
      });
    }
    if ('not' in event) return draw(event.not, k, last, path, (happened, on) => then(!happened, on));
    if ('latent' in event) return draw(event.of, k, last, path, then);
    if ('and' in event)
      return draw(event.and[0], k, last, path, (first, on) => (first ? draw(event.and[1], k, last, on, then) : then(false, on)));
    return draw(event.either[0], k, last, path, (first, on) => draw(event.either[first ? 1 : 2], k, last, on, then));
  };
  const placeOf = (table: Table, k: number, last: number): number => {
    if ('groups' in table) return table.groups[table.by === 'group' ? k : k + 1];
    const places = {
      global: 0,
      rank: k,
      lastClick: (k * (k + 1)) / 2 + last + 1,
      distance: k - last - 1,
      context: context * K + k,
      document: documents[k],
      documentRank: documents[k] * K + k,
    };
    return places[table.by as keyof typeof places];
  };
  const go = (way: Way, k: number, last: number, path: Path, arrive: (state: string, path: Path) => Path[]): Path[] =>
    typeof way === 'string' ? arrive(way, path) : draw(way[0], k, last, path, (yes, on) => go(way[yes ? 1 : 2], k, last, on, arrive));

  const visit = (state: string, k: number, last: number, path: Path): Path[] => {
    if (k === documents.length) return [path];
    const on = (way: Way, clicked: number, examined: number, here: Path) => {
      const there = { ...here, clicks: [...here.clicks, clicked], examined: [...here.examined, examined] };
      const next = clicked === 1 ? k : last;
      if (k === documents.length - 1) return [there];
      return go(way, k, last, there, (to, arrived) => visit(to, k + 1, next, arrived));
    };
    const {
      examined,
      clicked,
      afterClick = state,
      afterSkip = state,
      unexamined = state,
    }: Behaviour = states[state] ?? { examined: 0, clicked: 0 };
    return draw(examined, k, last, path, (looked, seen) =>
      looked
        ? draw(clicked, k, last, seen, (clicks, done) => (clicks ? on(afterClick, 1, 1, done) : on(afterSkip, 0, 1, done)))
        : on(unexamined, 0, 0, seen),
    );
  };
  const nothing: Path = { probability: 1, clicks: [], examined: [], draws: [] };
  if (documents.length === 0) return [nothing];
  return go(start, -1, -1, nothing, (state, path) => visit(state, 0, -1, path));
}
