import { fork } from 'node:child_process';

/** A process that does one thing after the other; orders wait for their turn. */
export interface WorkerProcess<Order, Answer> {
  /** @returns the answer, or how the process ended before it gave one, with the last of what it wrote where that is kept */
  perform(order: Order): Promise<Answer | WorkerDeath>;
  alive(): boolean;
  /** SIGKILL: at once, whatever it is at. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): void;
}

export interface WorkerDeath {
  readonly kind: 'died';
  readonly how: string;
  readonly output: string;
}

const keptOutput = 64 * 1024;

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

/**
 * Starts a worker from a file that calls `serveOrders`. Typed arrays reach the other side as such.
 * @param onNews takes what the worker tells while it is at an order
 * @param output what it writes is kept for the account of its death, or goes where what this process writes goes
 */
export function startProcess<Order extends object, Answer, News>(
  entry: string,
  onNews: (news: News) => void,
  output: 'kept' | 'shown' = 'kept',
): WorkerProcess<Order, Answer> {
  const execArgv = [...engine, ...workerOptions(process.execArgv)];
  const written = output === 'kept' ? 'pipe' : 'inherit';
  const child = fork(entry, { stdio: ['ignore', written, written, 'ipc'], execArgv, serialization: 'advanced' });
  let kept = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-keptOutput);
    });
  const asked: ((answer: Answer | WorkerDeath) => void)[] = []; // by orders without an answer, the first of them first
  child.on('message', (message) => {
    const { news, answer } = message as { news?: News; answer?: Answer };
    if (news !== undefined) onNews(news);
    else asked.shift()?.(answer as Answer);
  });
  let ended: string | null = null;
  const died = (how: string) => {
    ended = how;
    for (const answer of asked.splice(0)) answer({ kind: 'died', how, output: kept });
  };
  child.on('close', (code, signal) => {
    const killed = signal === 'SIGKILL' ? '; the system kills what takes too much memory' : '';
    died(signal === null ? `exit code ${code}` : `signal ${signal}${killed}`);
  }); // after exit and the last of the output
  child.on('error', ({ message }) => died(message)); // it could not be started
  return {
    perform: (order) => {
      if (asked.length === 0) kept = '';
      return new Promise((resolve, reject) => {
        asked.push(resolve);
        if (ended !== null) return died(ended);
        try {
          child.send(order, () => {}); // where it has ended meanwhile, that is told when it closes
        } catch (error) {
          asked.pop();
          reject(error);
        }
      });
    },
    alive: () => child.connected && child.exitCode === null && child.signalCode === null,
    end: (signal = 'SIGTERM') => void child.kill(signal),
  };
}
