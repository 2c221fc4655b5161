import { openStudy } from '../catalogue/read-study.ts';
import { decode } from '../config/decode.ts';
import { parseOverride } from '../config/overrides.ts';
import { sweepConfig } from '../config/sweep-config.ts';
import type { PluginOption } from './plugin-option.ts';

/**
 * Tells on standard error of a file whose `sweep` section a command for one run leaves out: which keys stand there and now have the value of
 * the rest of the file. Nothing where there is no such section, or every key of it is typed.
 */
export async function noteSweep(file: string, overrides: readonly string[], { plugin }: PluginOption): Promise<void> {
  const typed = overrides.map(parseOverride);
  const { sweep } = (await (await openStudy(file, plugin)).read(typed)).layer;
  if (sweep === undefined) return;
  const { grid, zip } = decode(sweepConfig, sweep, `${file}: sweep`);
  const open = [grid, ...zip].flatMap(Object.keys).filter((key) => !typed.some(({ path }) => path.join('.') === key));
  if (open.length > 0)
    console.error(`note: one run: what ${file} sweeps over (${open.join(', ')}) is left out; counterrank sweep ${file} does all of it`);
}
