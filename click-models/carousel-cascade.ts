import { type Decoded, optional, probability, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { type ClickModelDefinition, gone, type Way } from './definition.ts';
import { gridColumns, gridLayout } from './grid-layout.ts';

const options = strictObject({
  columns: optional(gridColumns(), 5),
  page: optional(gridColumns(), 5), //           columns that show without a swipe
  open: optional(probability(), 0.6), //         ρ, P(carousel opened | reached). The defaults are our choice
  nextItem: optional(probability(), 0.8), //     λ, P(next item | item examined and not clicked)
  swipe: optional(probability(), 0.5), //        times λ where the next item is on another page
  nextCarousel: optional(probability(), 0.8), // γ, P(next carousel | carousel left)
});

/**
 * Walks down carousels, the rows of a grid: opens row r with probability ρ_r; inside examines item after item, on from the c-th with λ_c, until a click ends the session;
 * a row that is not opened, left or through is followed by the next with probability γ_r. P(C_rj) = reach_r ρ_r Π_{i<j} (1 − a_ri)λ_i · a_rj,
 * reach_{r+1} = (reach_r − Σ_j P(C_rj)) γ_r. After Rahdari et al., 2022.
 */
export const carouselCascade = {
  description: 'carousel cascade: opens rows from the top, examines items from the left, ends with a click (Rahdari et al. 2022)',
  options,
  create({ columns, page, open, nextItem, swipe, nextCarousel }: Decoded<typeof options>, positions: number): ClickModel {
    const layout = gridLayout(positions, columns);
    const enter: Way = ['open', 'reading', 'waiting'];
    const on = (way: Way): Way => ['rowEnd', ['nextCarousel', enter, gone], way];
    const definition: ClickModelDefinition = {
      name: 'carousel-cascade',
      tables: {
        attraction: { by: 'document' },
        rowEnd: layout.byRowEnd,
        open: layout.byNextRow,
        nextItem: layout.byColumn,
        nextCarousel: layout.byRow,
      },
      start: enter,
      states: {
        reading: { examined: 1, clicked: 'attraction', afterClick: gone, afterSkip: on(['nextItem', 'reading', 'waiting']) },
        waiting: { examined: 0, clicked: 0, unexamined: on('waiting') },
      },
      confounded: [
        { tables: ['nextCarousel', 'open'], why: 'nextCarousel and the open of the row that it leads to are told as a product' },
      ],
    };
    const parameters = {
      rowEnd: layout.rowEnd,
      open: new Float64Array(Math.floor(positions / columns) + 1).fill(open),
      nextItem: Float64Array.from({ length: Math.min(columns, positions) }, (_, c) => nextItem * ((c + 1) % page === 0 ? swipe : 1)),
      nextCarousel: new Float64Array(layout.rows).fill(nextCarousel),
    };
    return clickModel(definition, parameters, positions);
  },
};
