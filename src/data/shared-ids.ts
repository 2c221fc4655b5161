import { shownText } from './decimal.ts';

const shown = 3;

/** The first ids of two lots that have none in common, for a message: `it has "1", "2", …, the run "q1", "q2"`. */
export function someOfBoth(one: string, ids: Iterable<string>, other: string, otherIds: Iterable<string>): string {
  return `${one} ${someIds(ids)}, ${other} ${someIds(otherIds)}; do the ids match?`;
}

/** The first few. */
export function someIds(ids: Iterable<string>, most = shown): string {
  const first: string[] = [];
  let more = false;
  for (const id of ids) {
    more = first.length === most;
    if (more) break;
    first.push(shownText(id));
  }
  return `${first.join(', ')}${more ? ', …' : ''}`;
}
