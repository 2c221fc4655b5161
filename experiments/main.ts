#!/usr/bin/env node
import './modules/tier-up.ts';
import { systemReason } from '../src/data/system-error.ts';
import { endOnUncaught, explained } from './catalogue/plugin-error.ts';
import { createProgram } from './commands/program.ts';
import { errorText, exitCode } from './terminal/fail.ts';
import { wrapErrors } from './terminal/wrap-words.ts';

let ended = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  ended = true;
  if (error.code === 'EPIPE') process.exit(0); // a reader such as `head` that has seen enough is no error
  console.error(`error: cannot write to standard output: ${systemReason(error)}`);
  process.exit(3);
});
process.stderr.on('error', () => {}); // what cannot be told is no reason to stop

process.on('exit', (code) => {
  if (ended || code !== 0) return;
  console.error('error: the process was ended, by a plugin or as nothing was left to wait for, before its work was done');
  process.exitCode = 1;
});

endOnUncaught();
wrapErrors();
try {
  const program = await createProgram(process.argv.slice(2));
  await program.parseAsync();
} catch (thrown) {
  const error = explained(thrown);
  const text = errorText(error);
  if (text !== null) console.error(text);
  process.exitCode = exitCode(error);
}
ended = true;
