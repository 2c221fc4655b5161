import { type ClickModelDefinition, isPager } from './definition.ts';

const most = 80;
/** Lists of so many positions have patterns few enough to take all. */
const short = 6;

/**
 * Patterns of clicks of a list of so many positions: of short ones all with as many clicks as sessions have; of others none, each one, each pair, where sessions have two, of long lists some. Entries for
 * "next page" above the last click are clicked as well.
 */
export function tellingPatterns(definition: Pick<ClickModelDefinition, 'pages'>, length: number, mostClicks: number): Uint8Array[] {
  const pagers = Array.from({ length }, (_, k) => k).filter((k) => isPager(definition, k));
  const pattern = (...clicked: number[]) => {
    const last = Math.max(-1, ...clicked);
    const clicks = new Uint8Array(length);
    for (const k of [...clicked, ...pagers.filter((pager) => pager < last)]) clicks[k] = 1;
    return clicks;
  };
  const positions = Array.from({ length }, (_, k) => k);
  if (length <= short) {
    const subsets = Array.from({ length: 2 ** length }, (_, bits) => positions.filter((k) => ((bits >> k) & 1) === 1));
    return subsets.filter((clicked) => clicked.length <= mostClicks).map((clicked) => pattern(...clicked));
  }
  const pairs = positions.flatMap((k) => positions.slice(k + 1).map((below) => [k, below] as const));
  const every = Math.max(1, Math.ceil(pairs.length / most));
  return [
    pattern(),
    ...positions.map((k) => pattern(k)),
    ...pairs.filter(([k, below], i) => mostClicks > 1 && (below === k + 1 || i % every === 0)).map((pair) => pattern(...pair)),
  ];
}
