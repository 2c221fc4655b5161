import { type ClickModel, type ClickModelEntry, clickModels, sampleCounts } from '../../click-models/index.ts';
import { ClickLogBuilder } from '../../src/data/click-log-builder.ts';
import { decodeOptions } from '../../src/decode-options.ts';
import { multinomial } from '../../src/random/multinomial.ts';
import { createRng, type Rng } from '../../src/random/rng.ts';
import { shuffle } from '../../src/random/shuffle.ts';

/** A model of the registry by name, options as a config has them. */
export function modelOf(name: keyof typeof clickModels, positions: number, options: object = {}): ClickModel {
  const entry = clickModels[name] as ClickModelEntry;
  return entry.create(decodeOptions(name, entry.options, options) as never, positions);
}

export interface Sizes {
  readonly sessions: number;
  readonly positions: number;
  readonly queries?: number;
  readonly documents?: number; // of a query
  readonly lists?: number; //     of a query, in random order
}

/** A log of lists in random order, every document at every rank, and what its documents are like. Contexts alternate between lists. */
export function simulatedLog(
  model: ClickModel,
  { sessions, positions, queries = 10, documents = 12, lists = 40 }: Sizes,
  seed = 'log',
  own: { readonly attraction?: Float64Array; readonly satisfaction?: Float64Array } = {},
) {
  const rng = createRng(seed);
  const between = (low: number, high: number, stream: Rng) =>
    Float64Array.from({ length: queries * documents }, () => low + (high - low) * stream.double());
  const attraction = own.attraction ?? between(0.1, 0.9, rng.fork('attraction'));
  const satisfaction = own.satisfaction ?? between(0.1, 0.9, rng.fork('satisfaction'));
  const builder = new ClickLogBuilder();
  const clickStream = rng.fork(`clicks/${sessions}`); // logs of unlike length share lists and documents, and no user
  const each = multinomial(sessions, new Float64Array(queries * lists).fill(1), rng.fork('sessions'));
  const contexts: number[] = [];
  for (const [l, n] of each.entries()) {
    const query = l % queries;
    const all = Uint32Array.from({ length: documents }, (_, d) => query * documents + d);
    const docs = shuffle(all, rng).slice(0, positions);
    const list = builder.addList(query, docs);
    contexts[list] = Math.floor(l / queries) % model.contexts;
    const take = (values: Float64Array) => Float64Array.from(docs, (doc) => values[doc]);
    const shown = { attraction: take(attraction), satisfaction: take(satisfaction), context: contexts[list] };
    sampleCounts(model, shown, n, clickStream, (clicks, count) => builder.addRow(list, clicks, count));
  }
  const fit = { log: builder.build(), documents: queries * documents, contexts: Uint32Array.from(contexts) };
  return { fit, truth: { attraction, satisfaction } };
}
