/**
 * What became of all records of one kind that a file holds: read = kept + merged + Σ rejected. A record is what the reader takes as one, say a
 * line, a row or a click; blank lines and headers are none.
 */
export interface Accounting {
  readonly file: string;
  readonly unit: string; //                                what is counted: lines, rows, search sessions …
  readonly read: number;
  readonly kept: number;
  readonly merged: number; //                              part of another that is kept
  readonly rejected: Readonly<Record<string, number>>; //  left out, by reason
}

/** What a reader returns: the data, and what became of all that its files hold. */
export type Read<T> = T & { readonly accounting: readonly Accounting[] };

/** Why lines are left out that begin with #, where a format has such. */
export const comments = 'comments';

interface Counts {
  kept: number;
  merged: number;
  readonly rejected: Map<string, number>;
}

const longestReason = 80;
const differentReasons = 100;

/** Counts as they come what becomes of the records of a file, by unit. */
export class Ledger {
  readonly #units = new Map<string, Counts>();

  keep(unit: string, count = 1): void {
    this.#of(unit).kept += count;
  }

  merge(unit: string, count = 1): void {
    this.#of(unit).merged += count;
  }

  /** @param reason may quote the data; of very many different ones the last are counted as one */
  reject(unit: string, reason: string, count = 1): void {
    const { rejected } = this.#of(unit);
    const clipped = reason.length > longestReason ? `${reason.slice(0, longestReason)}…` : reason;
    const shared = rejected.has(clipped) || rejected.size < differentReasons ? clipped : 'for other reasons';
    if (count > 0) rejected.set(shared, (rejected.get(shared) ?? 0) + count);
  }

  get isEmpty(): boolean {
    return this.#units.size === 0;
  }

  /** Adds what another has counted. */
  add(other: Ledger): void {
    for (const [unit, { kept, merged, rejected }] of other.#units) {
      this.keep(unit, kept);
      this.merge(unit, merged);
      for (const [reason, count] of rejected) this.reject(unit, reason, count);
    }
  }

  /** One entry per unit, in the order in which they were first met. */
  accounting(file: string): Accounting[] {
    return Array.from(this.#units, ([unit, { kept, merged, rejected }]) => {
      const read = [...rejected.values()].reduce((sum, count) => sum + count, kept + merged);
      return { file, unit, read, kept, merged, rejected: Object.fromEntries(rejected) };
    });
  }

  #of(unit: string): Counts {
    const known = this.#units.get(unit) ?? { kept: 0, merged: 0, rejected: new Map() };
    this.#units.set(unit, known);
    return known;
  }
}

/** The account of a file all of whose records were kept. */
export const allKept = (file: string, unit: string, count: number): Accounting => ({
  ...{ file, unit, read: count, kept: count, merged: 0, rejected: {} },
});

const shownReasons = 6;

/**
 * A line for each file of which anything was merged or left out; what is said of it twice, as by runs of the same data, once. Names
 * in it may come from the data, so what a terminal might obey is shown as "?".
 */
export function accountingLines(accounting: readonly Accounting[]): string[] {
  const byFile = new Map<string, Set<string>>();
  for (const { file, unit, read, kept, merged, rejected } of accounting) {
    if (read === kept) continue;
    const reasons = Object.entries(rejected).sort(([, a], [, b]) => b - a);
    const left = reasons.reduce((sum, [, count]) => sum + count, 0);
    const why = reasons.slice(0, shownReasons).map(([reason, count]) => (reasons.length === 1 ? reason : `${count} ${reason}`));
    const words = [
      `${read} ${unit} read, ${kept} kept`,
      ...(merged > 0 ? [`${merged} merged into others`] : []),
      ...(left > 0 ? [`${left} left out: ${why.join(', ')}${reasons.length > shownReasons ? ', …' : ''}`] : []),
    ];
    byFile.set(file, (byFile.get(file) ?? new Set()).add(words.join(', ')));
  }
  return Array.from(byFile, ([file, words]) => `${file}: ${[...words].join('; ')}`.replaceAll(/\p{C}/gu, '?'));
}
