#!/usr/bin/env node
import { createProgram } from './commands/program.ts';
import { errorText, exitCode } from './terminal/fail.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // a reader such as `head` that has seen enough is no error
  process.exit(0);
});

try {
  const program = await createProgram(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  const text = errorText(error);
  if (text !== null) console.error(text);
  process.exitCode = exitCode(error);
}
