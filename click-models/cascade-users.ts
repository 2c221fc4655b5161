import { UsageError } from '../src/errors.ts';
import { type Decoded, optional, picklist, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { type ClickModelDefinition, gone } from './definition.ts';

/** P(click | examined) and P(stop | clicked) by grade, for scales of 2, 3 and 5 grades. Hofmann, Whiteson & de Rijke, TOIS 31, 2013; Schuth et al., WSDM 2016. */
const users: Readonly<Record<string, Readonly<Record<number, readonly [click: readonly number[], stop: readonly number[]]>>>> = {
  perfect: {
    2: [
      [0, 1],
      [0, 0],
    ],
    3: [
      [0, 0.5, 1],
      [0, 0, 0],
    ],
    5: [
      [0, 0.2, 0.4, 0.8, 1],
      [0, 0, 0, 0, 0],
    ],
  },
  navigational: {
    2: [
      [0.05, 0.95],
      [0.2, 0.9],
    ],
    3: [
      [0.05, 0.5, 0.95],
      [0.2, 0.5, 0.9],
    ],
    5: [
      [0.05, 0.3, 0.5, 0.7, 0.95],
      [0.2, 0.3, 0.5, 0.7, 0.9],
    ],
  },
  informational: {
    2: [
      [0.4, 0.9],
      [0.1, 0.5],
    ],
    3: [
      [0.4, 0.7, 0.9],
      [0.1, 0.3, 0.5],
    ],
    5: [
      [0.4, 0.6, 0.7, 0.8, 0.9],
      [0.1, 0.2, 0.3, 0.4, 0.5],
    ],
  },
  'almost-random': {
    2: [
      [0.4, 0.6],
      [0.5, 0.5],
    ],
    3: [
      [0.4, 0.5, 0.6],
      [0.5, 0.5, 0.5],
    ],
    5: [
      [0.4, 0.45, 0.5, 0.55, 0.6],
      [0.5, 0.5, 0.5, 0.5, 0.5],
    ],
  },
  random: {
    2: [
      [0.5, 0.5],
      [0, 0],
    ],
    3: [
      [0.5, 0.5, 0.5],
      [0, 0, 0],
    ],
    5: [
      [0.5, 0.5, 0.5, 0.5, 0.5],
      [0, 0, 0, 0, 0],
    ],
  },
};

const options = strictObject({
  users: optional(picklist(['perfect', 'navigational', 'informational', 'almost-random', 'random']), 'informational'),
  /** After a click only, as the papers say; or at any document examined, as the code published with some of them does. */
  stop: optional(picklist(['after-click', 'when-examined']), 'after-click'),
});

const stopsAfterClick: ClickModelDefinition = {
  name: 'cascade-users',
  tables: { attraction: { by: 'document' }, satisfaction: { by: 'document' } },
  start: 'reading',
  states: { reading: { examined: 1, clicked: 'attraction', afterClick: ['satisfaction', gone, 'reading'] } },
};
const stopsAnywhere: ClickModelDefinition = {
  ...stopsAfterClick,
  states: { reading: { ...stopsAfterClick.states.reading, afterSkip: ['satisfaction', gone, 'reading'] } },
};

/**
 * Reads from the top, clicks what it examines with a probability of its grade, and stops after a click with another: P(E_{k+1}) = P(E_k)(1 − a_k σ_k), and
 * P(E_k)(1 − σ_k) where it stops at whatever it examines. A perfect user clicks what is relevant and reads all, a navigational one seeks one document, an informational one several.
 * Guo, Liu & Wang, WSDM 2009; the tables are those of online learning to rank, Hofmann et al., TOIS 31, 2013.
 */
export const cascadeUsers = {
  description: 'cascade users: click and stop by grade; perfect, navigational, informational, almost random (Hofmann et al. 2013)',
  options,
  create: ({ users: kind, stop }: Decoded<typeof options>, positions: number): ClickModel => ({
    ...clickModel(stop === 'after-click' ? stopsAfterClick : stopsAnywhere, {}, positions),
    byGrade(highestGrade) {
      const table = users[kind][highestGrade + 1];
      if (table === undefined)
        throw new UsageError(
          `cascade-users has tables for scales of 2, 3 and 5 grades, and the highest grade here is ${highestGrade}; use dynamic-bayesian`,
        );
      return { attraction: table[0], satisfaction: table[1] };
    },
  }),
};
