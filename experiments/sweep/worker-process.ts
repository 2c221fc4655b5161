import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { RunAnswer, RunOrder } from './worker-messages.ts';

/** A process that does one run after the other. */
export interface WorkerProcess {
  /** @returns the answer, or how the process ended before it gave one, with the last of what it wrote */
  perform(order: RunOrder): Promise<RunAnswer | WorkerDeath>;
  alive(): boolean;
  end(): void;
}

export interface WorkerDeath {
  readonly kind: 'died';
  readonly how: string;
  readonly output: string;
}

const keptOutput = 64 * 1024;
/** The worker beside this file, source or build, whichever this is. */
const entry = join(import.meta.dirname, `worker-main${extname(import.meta.filename)}`);

/** Options of this process, such as a loader's, that hold for a worker too: not the program of `node -e`. */
function workerOptions(options: readonly string[]): string[] {
  return options.filter(
    (option, i) =>
      !/^(-e|-p|-pe|--eval|--print|--input-type.*)$/.test(option) && !/^(-e|-p|-pe|--eval|--print)$/.test(options[i - 1] ?? ''),
  );
}

/**
 * For V8, as workers fill the cores: with its small first heap every run would be collected in full, and the code compiled for it thrown away,
 * to be compiled again; and threads that compile beside a worker would take their time from the other workers (MiB).
 */
const engine = ['--initial-heap-size=128', '--no-concurrent-recompilation'];

export function startWorker(): WorkerProcess {
  const child = fork(entry, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [...engine, ...workerOptions(process.execArgv)] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptOutput);
    });
  return {
    perform: (order) => {
      output = '';
      return perform(child, order, () => output);
    },
    alive: () => child.connected && child.exitCode === null && child.signalCode === null,
    end: () => void child.kill('SIGTERM'),
  };
}

function perform(child: ChildProcess, order: RunOrder, output: () => string): Promise<RunAnswer | WorkerDeath> {
  return new Promise((resolve) => {
    const done = (answer: RunAnswer | WorkerDeath) => {
      child.off('message', done);
      child.off('close', died);
      resolve(answer);
    };
    const died = (code: number | null, signal: string | null) => {
      const killed = signal === 'SIGKILL' ? '; the system kills what takes too much memory' : '';
      done({ kind: 'died', how: signal === null ? `exit code ${code}` : `signal ${signal}${killed}`, output: output() });
    };
    child.on('message', done);
    child.on('close', died); // after exit and the last of the output
    child.send(order, (error) => {
      if (error) child.emit('close', child.exitCode, child.signalCode); // it had ended before
    });
  });
}
