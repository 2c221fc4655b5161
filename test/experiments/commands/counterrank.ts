import { createProgram } from '../../../experiments/commands/program.ts';
import { errorText, exitCode } from '../../../experiments/terminal/fail.ts';

/** Runs a command line as `main.ts` does; what it prints is caught. */
export async function counterrank(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const [stdout, stderr, log, error] = [process.stdout.write, process.stderr.write, console.log, console.error];
  const sink = (part: 'out' | 'err') => (text: string | Uint8Array) => {
    written[part] += String(text);
    return true;
  };
  process.stdout.write = sink('out');
  process.stderr.write = sink('err');
  console.log = (text: string) => sink('out')(`${text}\n`);
  console.error = (text: string) => sink('err')(`${text}\n`);
  try {
    await (await createProgram(words)).parseAsync(words, { from: 'user' });
    return { code: 0, ...written };
  } catch (failure) {
    written.err += errorText(failure) ?? '';
    return { code: exitCode(failure), ...written };
  } finally {
    [process.stdout.write, process.stderr.write, console.log, console.error] = [stdout, stderr, log, error];
  }
}
