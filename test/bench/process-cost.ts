import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const onExit = `import { readFileSync } from "node:fs";
const most = () => { try { return Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024; } catch { return null; } };
process.on("exit", () => console.error(JSON.stringify({ ...process.cpuUsage(), ...process.memoryUsage(), most: most() })))`;

/**
 * Processor seconds of a process of Node, its MiB when it ends, and the most that it had, where Linux tells: what Node tells of that counts the process that
 * starts it too.
 */
export async function costOf(words: readonly string[]): Promise<{ seconds: number; mebibytes: number; most: number | null }> {
  const { stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(onExit)}`,
    ...words,
  ]);
  const { user, system, rss, most } = JSON.parse(stderr.trim().split('\n').at(-1) as string);
  return { seconds: (user + system) / 1e6, mebibytes: rss / 2 ** 20, most: most && most / 2 ** 20 };
}
