/** `node --import counterrank/register file.ts` runs a script, or the test of a plugin, in TypeScript on every Node. */
import { runTypescript } from './run-typescript.ts';

runTypescript();
