import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const onExit = 'process.on("exit", () => console.error(JSON.stringify({ ...process.cpuUsage(), ...process.memoryUsage() })))';

/** Processor seconds of a process of Node, and its MiB when it ends: the most it had would count those of the process that starts it. */
export async function costOf(words: readonly string[]): Promise<{ seconds: number; mebibytes: number }> {
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', `data:text/javascript,${onExit}`, ...words]);
  const { user, system, rss } = JSON.parse(stderr.trim().split('\n').at(-1) as string);
  return { seconds: (user + system) / 1e6, mebibytes: rss / 2 ** 20 };
}
