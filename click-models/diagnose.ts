import { type ClickLogDescription, describeClickLog } from '../src/diagnostics/describe-click-log.ts';
import { rankGroups } from '../src/diagnostics/rank-groups.ts';
import type { ClickModel } from './click-model.ts';
import { type Confounded, isPager, tablesOf } from './definition.ts';
import type { FitLog } from './fit/event-tables.ts';
import { placeOf } from './place-of.ts';

/** What a log can tell of one table of a model. */
export interface TableDiagnosis {
  readonly table: string;
  readonly values: number;
  readonly seen: number; // values that the log has sessions for
  readonly identified: 'yes' | 'up-to-factor' | 'in-groups' | 'no';
  readonly known: readonly boolean[]; // of each value, whether the log tells it; in groups, relative to the first
  readonly why: string; // in words; empty where there is nothing to say
}

/** What a log can tell of a model, before it is fitted. */
export interface ClickModelDiagnosis extends ClickLogDescription {
  readonly groups: Uint32Array; //        of ranks, as {@link rankGroups}
  readonly mostClicks: number; //         in a session
  readonly documentsOnce: number; //      share of documents that one session showed
  readonly tables: readonly TableDiagnosis[];
  readonly confounded: string | null; // what no log tells
}

/**
 * What a log identifies of a model's tables. Those that multiply attraction are known up to a factor, and that for each set of their values which documents shown at several of them
 * hang together: a document that is only ever seen at one place tells nothing of another. What follows a click is not known where no session goes on after one.
 * Hager et al., ICTIR 2025, for position-based models.
 */
export function diagnoseClickModel({ definition, parameters, positions }: ClickModel, fit: FitLog): ClickModelDiagnosis {
  const { log, documents, contexts = null } = fit;
  const { tables, upToFactor = [], toldByOthers = [], confounded = [], pages } = definition;
  const names = Object.keys(parameters).filter((name) => tables[name].fixed !== true);
  const here = new Set(Object.values(definition.states).flatMap(({ examined, clicked }) => [...tablesOf(examined), ...tablesOf(clicked)]));
  const products = [...upToFactor, ...toldByOthers];
  const alone = products.flatMap((product) => (product.length === 1 ? product : [])); // of several kinds of users: one document ties them together
  const size = (all: readonly string[]) => all.reduce((sum, name) => sum + parameters[name].length, 0);
  const together = new PlaceGroups(size(alone), documents);
  const graphs = names.map((name) => {
    const at = alone.indexOf(name);
    return at < 0 ? new PlaceGroups(size([name]), documents).part() : together.part(size(alone.slice(0, at)), size(alone.slice(0, at + 1)));
  });
  const shown = new Float64Array(documents);
  let [mostClicks, below] = [0, false]; // whether a click was seen below another
  /** Whether clicks can tell of a table at position k of a list, of which the last click is at `lowest`. */
  const tells = (name: string, k: number, length: number, lowest: number) => {
    if (pages !== undefined && name === 'nextPage')
      return pages.pager === null ? (k + 1) % pages.size === 0 && k < lowest : isPager(definition, k);
    if (isPager(definition, k)) return false;
    return here.has(name) || k < length - 1; // no click tells of what follows the last position
  };
  for (let row = 0; row < log.list.length; row++) {
    const [l, at] = [log.list[row], log.clickOffsets[row]];
    let [last, clicks, turned] = [-1, 0, true]; // turned: whether the user clicked on every "next page" so far that is logged
    const length = log.clickOffsets[row + 1] - at;
    const lowest = pages === undefined ? -1 : log.clicks.subarray(at, at + length).lastIndexOf(1);
    for (let k = 0; k < length; k++) {
      const document = log.docs[log.offsets[l] + k];
      shown[document] += log.count[row];
      for (const [n, name] of names.entries()) {
        if (k === 0 && tables[name].by === 'nextGroup') graphs[n].meet(placeOf(tables[name], -1, -1, 0, positions));
        if (!turned || !tells(name, k, length, lowest)) continue; // nothing below is seen
        graphs[n].see(placeOf(tables[name], k, last, contexts?.[l] ?? 0, positions), document);
      }
      if (isPager(definition, k)) turned &&= log.clicks[at + k] === 1;
      if (log.clicks[at + k] === 0) continue;
      if (last >= 0) below = true;
      last = k;
      clicks++;
    }
    mostClicks = Math.max(mostClicks, clicks);
  }
  const everShown = shown.filter((count) => count > 0);
  const diagnosed = names.map((name, n): TableDiagnosis => {
    const [values, seen, groups] = [parameters[name].length, graphs[n].seen(), graphs[n].groups()];
    const unreached = seen < values ? `no session reaches ${values - seen} of its values` : '';
    const say = (identified: TableDiagnosis['identified'], why: string) => ({
      ...{ table: name, values, seen, identified, why },
      known: identified === 'no' ? Array.from({ length: values }, () => false) : graphs[n].known(identified === 'in-groups'),
    });
    if (log.clicks.every((click) => click === 0)) return say('no', 'no session has a click');
    if (pages !== undefined && name === 'nextPage' && seen === 0)
      return say('no', pages.pager === null ? 'no session has a click past the first page' : 'no list shows an entry for "next page"');
    const untold = confounded.filter((one) => one.tables.includes(name));
    if (untold.length > 0) return say('no', reasons(untold));
    const product = products.find((one) => one.includes(name)) ?? [];
    if (product.length > 0) {
      const isTold = toldByOthers.includes(product);
      if (groups > 1)
        return say(
          'in-groups',
          `documents move within ${groups} groups of its values and not between them: each has a factor of its own${isTold ? ', but for what other kinds of users tell of attraction' : ''}`,
        );
      const more = unreached === '' ? '' : `; ${unreached}`;
      if (isTold && product.length === 1) return say('yes', `its factor is told by other kinds of users alone${more}`);
      return say('up-to-factor', `its values are known relative to each other${more}`);
    }
    if (/^(continuation|afterClick|afterSatisfaction)/.test(name) && !below) return say('no', 'no session goes on to a second click');
    return say('yes', unreached);
  });
  return {
    ...describeClickLog(log),
    groups: rankGroups(log),
    mostClicks,
    documentsOnce: everShown.filter((count) => count === 1).length / everShown.length,
    tables: diagnosed,
    confounded: confounded.length > 0 ? reasons(confounded) : null,
  };
}

const reasons = (untold: readonly Confounded[]) => untold.map(({ why }) => why).join('; ');

/** Values of tables, joined where one document was seen at both. */
class PlaceGroups {
  readonly #parent: Uint32Array;
  readonly #met: Uint8Array;
  readonly #placeOf: Int32Array; // of each document, one place at which it was seen, −1 before

  constructor(places: number, documents: number) {
    this.#parent = Uint32Array.from({ length: places }, (_, i) => i);
    this.#met = new Uint8Array(places);
    this.#placeOf = new Int32Array(documents).fill(-1);
  }

  #see(place: number, document: number): void {
    this.#met[place] = 1;
    const other = this.#placeOf[document];
    if (other < 0) this.#placeOf[document] = place;
    else this.#parent[this.#root(place)] = this.#root(other);
  }

  /** The values of one table, numbered from 0. */
  part(start = 0, end = this.#met.length) {
    const places = () => Array.from({ length: end - start }, (_, i) => start + i).filter((place) => this.#met[place] === 1);
    return {
      see: (place: number, document: number) => this.#see(start + place, document),
      meet: (place: number) => {
        this.#met[start + place] = 1;
      },
      seen: () => places().length,
      /** @param tied those in the group of the first of all only */
      known: (tied: boolean) =>
        Array.from({ length: end - start }, (_, i) => this.#met[start + i] === 1 && (!tied || this.#root(start + i) === this.#root(0))),
      groups: () => new Set(places().map((place) => this.#root(place))).size,
    };
  }

  #root(place: number): number {
    const parent = this.#parent;
    let at = place;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
