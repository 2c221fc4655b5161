import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { UsageError } from '../../src/errors.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { ownUrl } from '../modules/own-files.ts';
import { captureViews } from '../show/show.ts';
import { type Cell, cellHook } from './cells.ts';
import { failure } from './failure.ts';
import type { LoaderData } from './loader.ts';

/** What a cell put out, in order: printed text, or a part of a page. */
export type Output = { readonly kind: 'text'; text: string } | { readonly kind: 'html'; html: string; readonly picture?: Picture };

/** A script to run: its path as the file system knows it (no links), what it is called in messages, and its cells. */
export interface Script {
  readonly path: string;
  readonly name: string;
  readonly cells: readonly Cell[];
}

/**
 * Runs a script from top to bottom in this process, once per process, and collects what each cell prints and shows.
 * @param onCell told when a cell begins
 * @returns outputs by cell @throws UsageError that names cell and line when the script throws
 */
export async function executeNotebook({ path, name, cells }: Script, onCell: (index: number) => void): Promise<Output[][]> {
  if (ran) throw new UsageError('a process runs one notebook: render the next one with a command of its own');
  ran = true;
  const url = pathToFileURL(path).href;
  const data: LoaderData = { notebook: url };
  register(ownUrl('experiments/notebook/loader'), { data });
  const outputs: Output[][] = cells.map(() => []);
  const drawing: Promise<void>[] = [];
  let current = 0;
  Object.assign(globalThis, {
    [Symbol.for(cellHook)]: async (index: number) => {
      await Promise.all(drawing); // a picture that was not waited for still belongs to its cell
      current = index;
      onCell(index);
    },
  });
  captureViews((view) => {
    const output = { kind: 'html' as const, html: '', ...(view.picture && { picture: view.picture }) };
    outputs[current].push(output);
    const drawn = Promise.resolve(view.html()).then((html) => {
      output.html = html;
    });
    drawing.push(drawn);
    return drawn;
  });
  const release = captureText((text) => {
    const last = outputs[current].at(-1);
    if (last?.kind === 'text') last.text += text;
    else outputs[current].push({ kind: 'text', text });
  });
  try {
    await import(url);
    await Promise.all(drawing);
    return outputs;
  } catch (error) {
    throw failure(error, { name, url, cells, current });
  } finally {
    release();
    captureViews(null);
  }
}

let ran = false;

/** Whatever is written to standard output or error goes to `write`, without colours, until the returned function is called. */
function captureText(write: (text: string) => void): () => void {
  const streams = [process.stdout, process.stderr];
  const before = streams.map((stream) => stream.write);
  for (const stream of streams)
    stream.write = ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      write(stripVTControlCharacters(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')));
      for (const callback of [encoding, done]) if (typeof callback === 'function') callback();
      return true;
    }) as typeof stream.write;
  return () => {
    streams.forEach((stream, i) => {
      stream.write = before[i];
    });
  };
}
