import { boldness, textWidth } from './true-type.ts';

type Spec = Readonly<Record<string, unknown>>;

/** Sizes of letters, as a style of pictures has them. */
interface Letters {
  readonly axis: { readonly labelFontSize: number; readonly titleFontSize: number };
  readonly legend: { readonly labelFontSize: number };
  readonly title: { readonly fontSize: number; readonly subtitleFontSize: number; readonly fontWeight: string };
}

/** How much of the width of a figure the names along its axis may take. */
const forNames = 0.42;
/** What stands beside a name of a legend: its symbol and the distance to the next; and beside a legend: the plot's vertical axis. */
const besideName = 34;
const besideLegend = 60;
/** How high a line is above its letters. */
const leading = 2;

/**
 * The spec with all words in as many lines as they need, so that nothing is cut and no name takes the room of the plot: titles, titles of axes, names
 * along the vertical axis and in legends, whose columns are as many as fit.
 * @param width of the whole figure, in units of the drawing
 */
export function fitWords(spec: Spec, width: number, letters: Letters): Spec {
  const names = namesByField(spec);
  const axisNames = wrapper(forNames * width, letters.axis.labelFontSize);
  const legendNames = wrapper(width - besideLegend - besideName, letters.legend.labelFontSize);
  let most = 1; // lines of a name along the axis

  const alongAxis = (channel: Spec): Spec => {
    if (channel.axis === null || typeof channel.field !== 'string') return channel;
    const own = names.get(channel.field) ?? [];
    most = Math.max(most, ...own.map((name) => axisNames(name).length));
    return { ...channel, axis: { ...(channel.axis as Spec | undefined), ...broken(own, axisNames) } };
  };
  const inLegend = (channel: Spec): Spec => {
    const legend = channel.legend as (Spec & { readonly columns?: number }) | null | undefined;
    const domain = (channel.scale as { readonly domain?: readonly unknown[] } | undefined)?.domain ?? [];
    const own = domain.filter((name) => typeof name === 'string');
    if (legend === null || legend === undefined || own.length === 0) return channel;
    const widest = Math.max(...own.flatMap((name) => legendNames(name)).map((line) => textWidth(line, letters.legend.labelFontSize)));
    const fitting = Math.max(1, Math.floor((width - besideLegend) / (widest + besideName)));
    const columns = legend.columns === undefined ? {} : { columns: Math.min(legend.columns, fitting) };
    return { ...channel, legend: { ...legend, ...columns, ...broken(own, legendNames) } };
  };
  const titled = (channel: Spec, room: number): Spec => {
    const { title } = (channel.axis ?? {}) as { readonly title?: unknown };
    if (typeof title !== 'string') return channel;
    const lines = wrapper(room, letters.axis.titleFontSize)(title);
    return lines.length < 2 ? channel : { ...channel, axis: { ...(channel.axis as Spec), title: lines } };
  };
  const encoded = (encoding: Spec, height: number): Spec =>
    Object.fromEntries(
      Object.entries(encoding).map(([name, value]) => {
        const channel = value as Spec;
        if (name === 'y') return [name, titled(channel.type === 'nominal' ? alongAxis(channel) : channel, height)];
        if (name === 'x') return [name, titled(channel, (1 - forNames / 2) * width)];
        return [name, channel.type === 'nominal' ? inLegend(channel) : channel];
      }),
    );
  const fitted = (part: Spec): Spec => {
    const height = typeof spec.height === 'number' ? spec.height : width / 2;
    return {
      ...part,
      ...(part.encoding !== undefined && { encoding: encoded(part.encoding as Spec, height) }),
      ...(Array.isArray(part.layer) && { layer: part.layer.map((layer) => fitted(layer)) }),
    };
  };
  const done = fitted(spec);
  return { ...done, ...title(spec, width, letters), ...steps(spec, most * (letters.axis.labelFontSize + leading) + 6) };
}

/** Rows as high as their names. */
function steps({ height }: Spec, least: number): Spec {
  const { step } = (typeof height === 'object' && height !== null ? height : {}) as { readonly step?: number };
  return step === undefined ? {} : { height: { step: Math.max(step, least) } };
}

/** With a title in as many lines as it needs. */
function title(spec: Spec, width: number, letters: Letters): Spec {
  const { title } = spec as { title?: string | { text?: string; subtitle?: string } };
  if (title === undefined || title === '') return {};
  const { text = '', subtitle, ...rest } = typeof title === 'string' ? { text: title } : title;
  const lines = (words: string, size: number) => wrapper(width - 20, size)(words);
  return {
    title: {
      ...rest,
      text: lines(text, letters.title.fontSize * (letters.title.fontWeight === 'bold' ? boldness : 1)),
      ...(subtitle !== undefined && { subtitle: lines(subtitle, letters.title.subtitleFontSize) }),
      limit: 0,
    },
  };
}

/** What Vega needs to write names in several lines, none of them cut. */
function broken(names: readonly string[], lines: (name: string) => string[]): Spec {
  const wrapped = names.map((name) => [name, lines(name)] as const).filter(([, all]) => all.length > 1);
  if (wrapped.length === 0) return { labelLimit: 0 };
  return { labelLimit: 0, labelExpr: `${JSON.stringify(Object.fromEntries(wrapped))}[datum.label] || datum.label` };
}

/** All texts that the data of a spec have, by field. */
function namesByField(spec: Spec, found = new Map<string, string[]>()): Map<string, string[]> {
  for (const row of (spec.data as { readonly values?: readonly Spec[] } | undefined)?.values ?? [])
    for (const [field, value] of Object.entries(row)) {
      if (typeof value !== 'string') continue;
      const own = found.get(field) ?? [];
      if (!own.includes(value)) own.push(value);
      found.set(field, own);
    }
  for (const layer of (spec.layer ?? []) as readonly Spec[]) namesByField(layer, found);
  return found;
}

/** Breaks texts into lines no wider than the room: between words, within a word behind its marks, and anywhere where it has none. */
const wrapper = (room: number, fontSize: number) => (text: string) => {
  const fits = (line: string) => textWidth(line.trimEnd(), fontSize) <= room;
  const lines: string[] = [];
  const append = (part: string) => {
    const last = lines.at(-1);
    if (last !== undefined && fits(last + part)) lines[lines.length - 1] = last + part;
    else lines.push(part);
  };
  for (const word of text.match(/\S+\s*/g) ?? [''])
    if (fits(word)) append(word);
    else
      for (const part of word.match(/[^-_/·=:,.]*[-_/·=:,.]+\s*|[^-_/·=:,.]+/g) ?? [])
        for (const piece of fits(part) ? [part] : [...part]) append(piece);
  return lines.map((line) => line.trimEnd());
};
