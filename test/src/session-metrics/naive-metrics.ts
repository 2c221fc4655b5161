import type { SearchResult, SearchSession } from '../../../src/data/search-session.ts';

/** Session metrics again, straight from their formulas: sums over lists of results, nothing reused, nothing fast. Labels are grades, else clicks. */
interface Seen {
  readonly j: number; //        query, from 1
  readonly i: number; //        rank, from 1
  readonly label: number;
  readonly again: boolean; //   its document was shown before
  readonly result: SearchResult;
}

export const label = ({ grade, clicked }: SearchResult) => grade ?? (clicked ? 1 : 0);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const unique = <T>(values: readonly T[]) => [...new Set(values)];

function seen({ queries }: SearchSession): Seen[] {
  const all = queries.flatMap(({ results }, j) => results.map((result, i) => ({ j: j + 1, i: i + 1, label: label(result), result })));
  return all.map((one, at) => ({ ...one, again: all.slice(0, at).some(({ result }) => result.id === one.result.id) }));
}
const bestOf = (session: SearchSession, id: string) => Math.max(...seen(session).map((one) => (one.result.id === id ? one.label : 0)));
const documents = (session: SearchSession) => unique(seen(session).map(({ result }) => result.id));

export interface NaiveNum {
  readonly L: number;
  readonly s: number;
  readonly F: number;
  readonly length: number;
  readonly C: number;
  readonly H: number;
  readonly abandonDepth: number;
  readonly enhance: boolean;
}

/** The trail as a list of (gain, position), documents of one length. */
export function utility(session: SearchSession, { L, s, F, length, C, H, abandonDepth, enhance }: NaiveNum): number {
  const counted = new Set<string>();
  const found: number[] = [];
  let position = 0;
  session.queries.forEach(({ results }, j) => {
    if (j > 0) position += C;
    const worth = results.map((result, i) => {
      const own = enhance ? bestOf(session, result.id) : label(result);
      const twice = results.slice(0, i).some((other) => other.id === result.id && (enhance || label(other) > 0));
      return own > 0 && !twice && !counted.has(result.id) ? own : 0;
    });
    const last = worth.findLastIndex((own) => own > 0);
    if (last < 0) position += s * Math.min(results.length, abandonDepth);
    for (let i = 0; i <= last; i++) {
      position += s;
      if (worth[i] === 0) continue;
      position += F * length;
      counted.add(results[i].id);
      found.push(((2 ** worth[i] - 1) / 2 ** H) * Math.max(0, 1 - position / L));
    }
  });
  return sum(found);
}

export function naiveNum(session: SearchSession, options: NaiveNum): number {
  const { L, s, F, length, H } = options;
  const grades = documents(session).map((id) => bestOf(session, id));
  const best = grades.filter((grade) => grade > 0).sort((a, b) => b - a);
  const ideal = best.map((grade, k) => ((2 ** grade - 1) / 2 ** H) * Math.max(0, 1 - ((k + 1) * (s + F * length)) / L));
  return sum(ideal) === 0 ? Number.NaN : utility(session, options) / sum(ideal);
}

export const jarvelin = (base: number, x: number) => 1 / (1 + Math.log(x) / Math.log(base));
export const kanoulas = (base: number, x: number) => Math.log(base) / Math.log(x + base - 1);

export const sdcgJarvelin = (session: SearchSession, b = 2, bq = 4, lambda = 0) =>
  sum(seen(session).map((r) => r.label * jarvelin(b, r.i) * jarvelin(bq, r.j) * Math.exp(-lambda * (session.queries.length - r.j))));
export const sdcgKanoulas = (session: SearchSession, b = 2, bq = 4, k = Infinity) =>
  sum(seen(session).map((r) => (r.i > k ? 0 : (2 ** r.label - 1) * kanoulas(b, r.i) * kanoulas(bq, r.j))));

const idealLabels = (session: SearchSession) =>
  [...(session.judged ?? documents(session).map((id) => bestOf(session, id)))].filter((grade) => grade > 0).sort((a, b) => b - a);

export function nsdcgKanoulas(session: SearchSession): number {
  const list = sum(
    idealLabels(session)
      .slice(0, 10)
      .map((grade, i) => (2 ** grade - 1) * kanoulas(2, i + 1)),
  );
  const ideal = list * sum(session.queries.map((_, j) => kanoulas(4, j + 1)));
  return ideal > 0 ? sdcgKanoulas(session, 2, 4, 10) / ideal : Number.NaN;
}

/** As TREC Dynamic Domain: five results of ten queries, documents shown before earn nothing. */
export function nsdcgJarvelin(session: SearchSession): number {
  const cells = Array.from({ length: 50 }, (_, c) => jarvelin(4, Math.floor(c / 5) + 1) * jarvelin(2, (c % 5) + 1)).sort((a, b) => b - a);
  const ideal = sum(
    idealLabels(session)
      .slice(0, 50)
      .map((grade, c) => grade * cells[c]),
  );
  const own = sum(seen(session).map((r) => (r.again || r.i > 5 || r.j > 10 ? 0 : r.label * jarvelin(2, r.i) * jarvelin(4, r.j))));
  return ideal > 0 ? own / ideal : Number.NaN;
}

/** Every path that a user can take, one by one. */
export function esndcg(session: SearchSession, down: number, reformulate: number): number {
  const ideal = idealLabels(session);
  if (ideal.length === 0 || seen(session).length === 0) return Number.NaN;
  const dcg = (grades: readonly number[]) => sum(grades.map((grade, i) => (2 ** grade - 1) / Math.log2(i + 2)));
  const walk = (j: number, path: readonly number[], probability: number): number => {
    const grades = session.queries[j].results.map(label);
    const ends = grades.length === 0 ? [0] : grades.map((_, i) => i + 1);
    const last = j + 1 === session.queries.length;
    return sum(
      ends.map((end) => {
        const here = probability * (end === 0 ? 1 : down ** (end - 1) * (end < grades.length ? 1 - down : 1));
        const longer = [...path, ...grades.slice(0, end)];
        const value = longer.length === 0 ? 0 : dcg(longer) / dcg(ideal.slice(0, longer.length));
        return (last ? here : here * (1 - reformulate)) * value + (last ? 0 : walk(j + 1, longer, here * reformulate));
      }),
    );
  };
  return walk(0, [], 1);
}

export const srbp = (session: SearchSession, p: number, b: number, H: number, lambda = 0) =>
  (1 - p) *
  sum(
    seen(session).map(
      (r) =>
        ((p - b * p) / (1 - b * p)) ** (r.j - 1) *
        (b * p) ** (r.i - 1) *
        (r.label / H) *
        Math.exp(-lambda * (session.queries.length - r.j)),
    ),
  );

/** Of every result the time at which it is reached: what all before it in its query, or in all queries, took. */
const reached = (session: SearchSession, seconds: (one: Seen) => number, through: boolean) =>
  seen(session).map((one, at, all) => ({
    ...one,
    time: sum(all.slice(0, at).map((before) => (through || before.j === one.j ? seconds(before) : 0))),
  }));
export const timeU = (session: SearchSession, H: number) =>
  sum(
    reached(session, (r) => [9.8, 23, 37.6][Math.min(2, r.label)], false).map(
      (r) => ((2 ** r.label - 1) / 2 ** H) * Math.max(0, 1 - r.time / 99),
    ),
  ) / session.queries.length;
export const tbg = (session: SearchSession) =>
  sum(
    reached(session, (r) => 4.4 + (0.018 * (r.again ? 0 : 500) + 7.8) * (r.label >= 1 ? 0.64 : 0.39), true).map((r) =>
      r.label >= 1 && !r.again ? 0.64 * 0.77 * 2 ** (-r.time / 224) : 0,
    ),
  );

/** Every document a nugget of 500 words. */
export const eu = (session: SearchSession) =>
  sum(
    documents(session).map((id) => {
      const times = sum(seen(session).map((r) => (r.result.id === id ? 0.5 ** (r.i - 1) : 0)));
      return bestOf(session, id) * ((1 - 0.5 ** times) / 0.5);
    }),
  ) -
  0.001 * sum(seen(session).map((r) => 500 * 0.5 ** (r.i - 1)));
/** The need as one subtopic; the cube is 5 high. */
export const ct = (session: SearchSession) => {
  let [height, before] = [0, 0];
  for (const r of seen(session).filter((one) => one.j <= 10 && one.label > 0)) height += Math.min(0.5 ** ++before * r.label, 5 - height);
  return height / 5 / Math.min(10, session.queries.length);
};
