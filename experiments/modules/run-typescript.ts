import { register } from 'node:module';
import { isBuilt, ownUrl } from './own-files.ts';

let registered = false;

/** From now on this process takes TypeScript files for modules. Where it runs from TypeScript, something else sees to that already. */
export function runTypescript(): void {
  if (registered || !isBuilt) return;
  registered = true;
  register(ownUrl('experiments/modules/typescript-hooks'));
}
