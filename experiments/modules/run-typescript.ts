import { register } from 'node:module';
import { extname } from 'node:path';

let registered = false;

/** From now on this process takes TypeScript files for modules. Where it runs from TypeScript, something else sees to that already. */
export function runTypescript(): void {
  if (registered || extname(new URL(import.meta.url).pathname) !== '.js') return;
  registered = true;
  register('./typescript-hooks.js', { parentURL: import.meta.url });
}
