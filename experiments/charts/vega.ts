import type { TopLevelSpec } from 'vega-lite';
import { boldness, textWidth } from './true-type.ts';

type Vega = Pick<typeof import('vega'), 'parse' | 'View'> & Pick<typeof import('vega-lite'), 'compile'>;
let vega: Promise<Vega> | null = null;

/**
 * Vega, when the first picture is drawn. It waits for a module of its own while it loads, and a package that does so at once cannot be
 * required, which is how Jupyter's tslab kernel loads this one.
 */
async function loadVega(): Promise<Vega> {
  const { parse, View, textMetrics } = (await import('vega')) as unknown as typeof import('vega') & Measured;
  const { compile } = await import('vega-lite');
  textMetrics.width = widthOf; // without a canvas it would take every letter for 0.8 of a square
  return { parse, View, compile };
}

/** What the types of Vega leave out. */
interface Measured {
  readonly textMetrics: { width: typeof widthOf };
}

interface TextItem {
  readonly fontSize?: number | null;
  readonly fontWeight?: string | number | null;
  readonly limit?: number | null;
}

/** Vega cuts what is longer than its limit, so no text is wider. */
function widthOf({ fontSize, fontWeight, limit }: TextItem, text: unknown): number {
  const regular = textWidth(text === null || text === undefined ? '' : String(text).trim(), fontSize ?? 11);
  const width = fontWeight === 'bold' ? boldness * regular : regular;
  return limit !== null && limit !== undefined && limit > 0 ? Math.min(limit, width) : width;
}

let before: Promise<unknown> = Promise.resolve();

/** What a use of the view of a spec gives. One view after the other, however many are asked for. @param spec with its config */
export function withView<T>(spec: TopLevelSpec, use: (view: import('vega').View) => Promise<T>): Promise<T> {
  const done = before.then(async () => {
    vega ??= loadVega();
    const { parse, View, compile } = await vega;
    const view = new View(parse(compile(spec).spec), { renderer: 'none' });
    try {
      return await use(view);
    } finally {
      view.finalize();
    }
  });
  before = done.catch(() => {});
  return done;
}
