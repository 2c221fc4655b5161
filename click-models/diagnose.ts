import { type ClickLogDescription, describeClickLog } from '../src/diagnostics/describe-click-log.ts';
import { rankGroups } from '../src/diagnostics/rank-groups.ts';
import type { ClickModel } from './click-model.ts';
import { type ClickModelDefinition, type Confounded, tablesOf, type Way, waysOf } from './definition.ts';
import type { FitLog } from './fit/event-tables.ts';
import { identification } from './identification.ts';
import { reachedValues } from './reached-values.ts';

/** What a log can tell of one table of a model. */
export interface TableDiagnosis {
  readonly table: string;
  readonly values: number;
  readonly seen: number; // values that the log has sessions for
  readonly identified: 'yes' | 'up-to-factor' | 'in-groups' | 'in-part' | 'no';
  readonly known: readonly boolean[]; // of each value, whether the log tells it; up to a factor and in groups, relative to the first
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
 * What a log identifies of a model's tables, by the rank of the information that its lists have ({@link identification}): a value is told where no change of it, with whatever changes of others, leaves all clicks
 * as likely. Of tables that multiply attraction those values are known relative to each other that move by one factor. Values that no session reaches, and what follows a click where no session goes on after one, are not known.
 * Hager et al., ICTIR 2025, for position-based models.
 */
export function diagnoseClickModel(model: ClickModel, fit: FitLog): ClickModelDiagnosis {
  const { definition, parameters } = model;
  const { log } = fit;
  const {
    tables,
    upToFactor = [],
    toldByOthers = [],
    confounded = [],
    interchangeable: { kinds, shares } = { kinds: [], shares: [] },
    pages,
  } = definition;
  const interchangeable = [...kinds, ...shares];
  const names = Object.keys(parameters).filter((name) => tables[name].fixed !== true);
  const { met, shown, mostClicks, below } = reachedValues(model, names, fit);
  const silent = log.clicks.every((click) => click === 0);
  const { untold, drawn } = silent ? { untold: {}, drawn: {} } : identification(model, fit, mostClicks);
  const products = [...upToFactor, ...toldByOthers];
  const diagnosed = names.map((name): TableDiagnosis => {
    const values = parameters[name].length;
    const seen = Array.from({ length: values }, (_, i) => met[name][i] === 1 && drawn[name]?.[i] !== false);
    const count = seen.filter(Boolean).length;
    const say = (identified: TableDiagnosis['identified'], why: string, known: readonly boolean[] = seen.map(() => false)) => ({
      ...{
        table: name,
        values,
        seen: count,
        identified,
        why: [why, identified !== 'no' && interchangeable.includes(name) ? places : ''].filter((words) => words !== '').join('; '),
        known,
      },
    });
    if (silent) return say('no', 'no session has a click');
    if (pages !== undefined && name === 'nextPage' && count === 0)
      return say('no', pages.pager === null ? 'no session has a click past the first page' : 'no list shows an entry for "next page"');
    const unreached = count < values ? `no session reaches ${values - count} of its values` : '';
    if (count === 0) return say('no', unreached);
    if (!below && afterClicksOnly(definition, name)) return say('no', 'no session goes on to a second click');
    const moves = untold[name];
    const told = seen.map((one, i) => one && moves[i].every((by) => Math.abs(by) < same));
    const product = products.find((one) => one.includes(name)) ?? null;
    if (told.every((one, i) => one === seen[i])) {
      const others = product !== null && toldByOthers.includes(product) ? `its factor is told by other kinds of users alone` : '';
      return say('yes', [others, unreached].filter((words) => words !== '').join('; '), seen);
    }
    const why = confounded.filter((one) => one.tables.includes(name));
    const alike = (i: number, j: number) => moves[i].every((by, d) => Math.abs(by - moves[j][d]) < same);
    const first = seen.indexOf(true);
    const groups = seen.filter((one, i) => one && !seen.some((other, j) => other && j < i && alike(i, j))).length;
    if (product !== null && why.length === 0) {
      if (groups === 1)
        return say(
          'up-to-factor',
          ['its values are known relative to each other', unreached].filter((words) => words !== '').join('; '),
          seen,
        );
      const rest = toldByOthers.includes(product) ? ', but for what other kinds of users tell of attraction' : '';
      return say(
        'in-groups',
        `documents move within ${groups} groups of its values and not between them: each has a factor of its own${rest}`,
        seen.map((one, i) => one && alike(i, first)),
      );
    }
    const others = names.filter(
      (other) =>
        other !== name &&
        untold[other].some((move) => move.some((by, d) => Math.abs(by) > same && seen.some((_, i) => Math.abs(moves[i][d]) > same))),
    );
    const words =
      why.length > 0
        ? reasons(why)
        : `other values of it${others.length > 0 ? `, of ${others.join(', ')}` : ''} and of what documents have make all clicks of these lists as likely`;
    return say(told.includes(true) ? 'in-part' : 'no', words, told);
  });
  const untoldWords = [...confounded.map(({ why }) => why), ...(interchangeable.length > 0 ? [places] : [])];
  const everShown = shown.filter((count) => count > 0);
  return {
    ...describeClickLog(log),
    groups: rankGroups(log),
    mostClicks,
    documentsOnce: everShown.filter((count) => count === 1).length / everShown.length,
    tables: diagnosed,
    confounded: untoldWords.length > 0 ? untoldWords.join('; ') : null,
  };
}

/** Changes of logarithms, of directions of length 1, that are no more than rounding. */
const same = 1e-4;

/** Of kinds of users of one model. */
const places = 'kinds of one model can change places: which is which no log tells';

const reasons = (untold: readonly Confounded[]) => untold.map(({ why }) => why).join('; ');

/** Whether users draw from a table on their way on from a click alone: where no session has a second, they may never go on. */
function afterClicksOnly({ states, start }: ClickModelDefinition, name: string): boolean {
  const drawnOn = (way: Way): readonly string[] =>
    typeof way === 'string' ? [] : [...tablesOf(way[0]), ...drawnOn(way[1]), ...drawnOn(way[2])];
  const ways = Object.entries(states).map(([state, behaviour]) => ({ ...behaviour, ...waysOf(state, behaviour) }));
  const elsewhere = ways.flatMap(({ examined, clicked, afterSkip, unexamined }) => [
    ...[...tablesOf(examined), ...tablesOf(clicked)],
    ...[...drawnOn(afterSkip), ...drawnOn(unexamined)],
  ]);
  return ways.some(({ afterClick }) => drawnOn(afterClick).includes(name)) && !elsewhere.includes(name) && !drawnOn(start).includes(name);
}
