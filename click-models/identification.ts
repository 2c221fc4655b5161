import { factoriseCholesky, solveFactorised } from '../src/math/cholesky.ts';
import { symmetricEigen } from '../src/math/symmetric-eigen.ts';
import { createRng } from '../src/random/rng.ts';
import type { ClickModel } from './click-model.ts';
import { documentTables } from './definition.ts';
import { type EventTables, eventTables, type FitLog, possibleRows } from './fit/event-tables.ts';
import { factorsOf } from './fit/level-factors.ts';
import { type Effort, tellingLists } from './telling-lists.ts';
import { tellingPatterns } from './telling-patterns.ts';

/** What lists tell of the values that documents share. */
export interface Identification {
  /** Of each value of each free table, the directions of the logarithms of all values along which nothing changes: how far each moves it. */
  readonly untold: Readonly<Record<string, readonly Float64Array[]>>;
  /** Of each value, whether any session draws it. */
  readonly drawn: Readonly<Record<string, readonly boolean[]>>;
}

/** Eigenvalues of the information of a draw that are no more than rounding. */
const none = 1e-6;
/** What is added to the diagonal of documents' information, which has no inverse where documents are not told. */
const ridge = 1e-13;
/** How far a log is gone into at first, and how far where more seems untold than a model never tells. */
const efforts: readonly Effort[] = [
  { components: 16, documents: 96, lists: 32 },
  { components: 16, documents: 288, lists: 96 },
];

/**
 * Local identifiability by the rank of the information (Rothenberg, Econometrica 39, 1971). A direction in the logarithms of all values, those of documents included, is not told where along it no list changes the
 * probability of any pattern of its clicks: s·v = 0 for every score s = ∂ ln P(clicks)/∂ ln p. Documents are taken out, of lists that share them together: of Σ s sᵀ = [A B; Bᵀ D] the shared
 * values keep A − B D⁻¹ Bᵀ (Schur), summed; its null space is what no session tells. At values drawn at random, as ranks are lower only where values are special, and by all patterns of short lists, of others those of at most two
 * clicks, which lead to every state. Documents without a click attract nobody, as is likeliest. It says what lists can tell, not whether sessions are enough, and leaves lists out of long logs ({@link tellingLists}).
 * @param mostClicks of a session: patterns of more are no part of the log
 */
export function identification(model: ClickModel, fit: FitLog, mostClicks: number): Identification {
  const tables = eventTables(model, fit);
  const rng = createRng('identification');
  for (const name of tables.free) for (const i of tables.values[name].keys()) tables.values[name][i] = 0.25 + 0.5 * rng.double();
  const clicked = clickedDocuments(fit);
  const { attraction } = tables.values;
  for (const i of attraction?.keys() ?? []) if (clicked[Math.floor((i * fit.documents) / attraction.length)] === 0) attraction[i] = 0;
  const shared = tables.free.filter((name) => !documentTables.includes(name));
  const draws = drawsOfLog(tables, fit, shared);
  const size = draws.length;
  let untold: readonly Float64Array[] = [];
  for (const effort of efforts) {
    const information = new Float64Array(size * size);
    const drawn = new Float64Array(size);
    const { components, complete } = tellingLists(fit, clicked, effort);
    for (const lists of components) {
      const gram = scoreProducts(model, fit, tables, lists, shared, mostClicks);
      for (let i = 0; i < size; i++) drawn[i] += gram.draws[i];
      addSchur(information, gram.products, size, gram.width);
    }
    untold = nullSpace(information, drawn);
    if (complete || untold.length <= factorsOf(model.definition).length) break;
  }
  const [ofTable, drawnOf]: [Record<string, Float64Array[]>, Record<string, boolean[]>] = [{}, {}];
  let at = 0;
  for (const name of shared) {
    const length = tables.values[name].length;
    const start = at;
    ofTable[name] = Array.from({ length }, (_, i) => Float64Array.from(untold, (direction) => direction[start + i]));
    drawnOf[name] = Array.from(draws.subarray(start, start + length), (own) => own > 0);
    at += length;
  }
  return { untold: ofTable, drawn: drawnOf };
}

/** Of each document, whether any session clicked it. */
function clickedDocuments({ log, documents }: FitLog): Uint8Array {
  const clicked = new Uint8Array(documents);
  for (let row = 0; row < log.list.length; row++)
    for (let i = log.clickOffsets[row], at = log.offsets[log.list[row]]; i < log.clickOffsets[row + 1]; i++, at++)
      if (log.clicks[i] === 1) clicked[log.docs[at]] = 1;
  return clicked;
}

/** Draws of the shared values that the sessions of a log are expected to make, of those that the model does not rule out. */
function drawsOfLog(tables: EventTables, { log }: FitLog, shared: readonly string[]): Float64Array {
  const { weight } = possibleRows(tables, log.count);
  for (const name of tables.free) tables.counts[name].fill(0);
  tables.countEvents(tables.rows, weight, 0, weight.length);
  const draws = shared.flatMap((name) =>
    Array.from(tables.values[name], (_, i) => tables.counts[name][2 * i] + tables.counts[name][2 * i + 1]),
  );
  for (const name of tables.free) tables.counts[name].fill(0);
  return Float64Array.from(draws);
}

/** Σ s sᵀ over patterns of lists, and draws, of the shared values and then of those of their documents. */
function scoreProducts(
  model: ClickModel,
  fit: FitLog,
  tables: EventTables,
  lists: readonly number[],
  shared: readonly string[],
  mostClicks: number,
) {
  const { log } = fit;
  const docs = [...new Set(lists.flatMap((l) => Array.from(log.docs.subarray(log.offsets[l], log.offsets[l + 1]))))];
  const places = shared.flatMap((name) => Array.from(tables.values[name], (_, i) => [name, i] as const));
  for (const name of tables.free.filter((one) => documentTables.includes(one))) {
    const each = tables.values[name].length / fit.documents;
    for (const doc of docs) for (let k = 0; k < each; k++) places.push([name, doc * each + k]);
  }
  const width = places.length;
  const products = new Float64Array(width * width);
  const [score, draws] = [new Float64Array(width), new Float64Array(width)];
  const clear = () => {
    for (const [name, i] of places) tables.counts[name].fill(0, 2 * i, 2 * i + 2);
  };
  for (const l of lists)
    for (const clicks of tellingPatterns(model.definition, log.offsets[l + 1] - log.offsets[l], mostClicks)) {
      const rows = { ...tables.rows, list: Uint32Array.of(l), clickOffsets: Uint32Array.of(0, clicks.length), clicks };
      const possible = Number.isFinite(tables.countEvents(rows, Float64Array.of(1), 0, 1));
      const drawn: number[] = [];
      for (const [j, [name, i]] of places.entries()) {
        const [happened, not, p] = [tables.counts[name][2 * i], tables.counts[name][2 * i + 1], tables.values[name][i]];
        score[j] = happened - (p / (1 - p)) * not;
        if (!(possible && happened + not > 0)) continue;
        drawn.push(j);
        draws[j] += happened + not;
      }
      clear();
      for (const i of drawn) for (const j of drawn) products[i * width + j] += score[i] * score[j];
    }
  return { products, draws, width };
}

/**
 * Adds A − B D⁻¹ Bᵀ of the first `size` of `width` values: what is left of their scores beside V = (D + εd)⁻¹ Bᵀ of documents, d the diagonal of D, which is A − B V − ε Vᵀ d V. Without the last,
 * directions in which documents move far would seem to be told by ε.
 */
function addSchur(sum: Float64Array, products: Float64Array, size: number, width: number): void {
  const own = width - size;
  const D = new Float64Array(own * own);
  const added = Float64Array.from({ length: own }, (_, d) => ridge * products[(size + d) * (width + 1)] + Number.MIN_VALUE);
  for (let i = 0; i < own; i++)
    for (let j = 0; j < own; j++) D[i * own + j] = products[(size + i) * width + size + j] + (i === j ? added[i] : 0);
  factoriseCholesky(D, own);
  const columns = Array.from({ length: size }, (_, i) => {
    const column = products.slice(i * width + size, i * width + width);
    solveFactorised(D, column, own);
    return column;
  });
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let taken = 0;
      for (let d = 0; d < own; d++) taken += columns[i][d] * (products[j * width + size + d] + added[d] * columns[j][d]);
      sum[j * size + i] += products[j * width + i] - taken;
    }
}

/** Directions in which the information is none, for so many draws of each value; orthonormal. */
function nullSpace(information: Float64Array, draws: Float64Array): Float64Array[] {
  const size = draws.length;
  const scale = draws.map((own) => Math.sqrt(own) || 1);
  const scaled = information.map((value, at) => value / (scale[Math.floor(at / size)] * scale[at % size]));
  const symmetric = scaled.map((value, at) => (value + scaled[(at % size) * size + Math.floor(at / size)]) / 2);
  const { values, vectors } = symmetricEigen(symmetric, size);
  const basis: Float64Array[] = [];
  for (let e = 0; e < size && values[e] < none; e++) {
    const direction = Float64Array.from({ length: size }, (_, i) => vectors[i * size + e] / scale[i]);
    for (const other of basis) {
      const along = direction.reduce((sum, value, i) => sum + value * other[i], 0);
      for (let i = 0; i < size; i++) direction[i] -= along * other[i];
    }
    const norm = Math.hypot(...direction);
    basis.push(direction.map((value) => value / norm));
  }
  return basis;
}
