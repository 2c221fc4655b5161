import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';

export type BackendName = 'node-gpu' | 'node' | 'wasm' | 'cpu';

/** One backend of the ladder: the package that registers it, and the name it registers. */
export interface Rung {
  readonly name: BackendName;
  readonly packageName: string;
  readonly registers: string;
  /** Loads the package. @param folder where it is installed */
  load(folder: string): Promise<void>;
}

/** Best first. Package names of the native ones are values: they are optional, and TypeScript need not find them. */
export const rungs: readonly Rung[] = [
  native('node-gpu', '@tensorflow/tfjs-node-gpu'),
  native('node', '@tensorflow/tfjs-node'),
  wasm(),
  cpu(),
];

/** The native library logs to standard error unless told that only errors matter. */
function native(name: BackendName, packageName: string): Rung {
  return {
    name,
    packageName,
    registers: 'tensorflow',
    async load() {
      process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
      await import(packageName);
    },
  };
}

function wasm(): Rung {
  const packageName = '@tensorflow/tfjs-backend-wasm';
  return {
    name: 'wasm',
    packageName,
    registers: 'wasm',
    async load(folder) {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(`${folder}${sep}dist${sep}`);
    },
  };
}

function cpu(): Rung {
  const packageName = '@tensorflow/tfjs-backend-cpu';
  return { name: 'cpu', packageName, registers: 'cpu', load: async () => void (await import('@tensorflow/tfjs-backend-cpu')) };
}

/** Loads a backend, makes it the one in use and checks it; a backend that fails is taken off the registry again. Throws the reason. */
export async function openRung({ packageName, registers, load }: Rung): Promise<{ version: string }> {
  const require = createRequire(import.meta.url);
  let manifest: string;
  try {
    manifest = require.resolve(`${packageName}/package.json`);
  } catch {
    throw new Error(`${packageName} is not installed`);
  }
  const { version } = require(manifest) as { version: string };
  tf.enableProdMode(); // no banner
  await withoutProcessHandlers(async () => {
    try {
      await load(dirname(manifest));
      if (!(await tf.setBackend(registers))) throw new Error('it does not start');
      checkProduct();
    } catch (error) {
      if (tf.findBackendFactory(registers) !== null) tf.removeBackend(registers);
      throw error;
    }
  });
  return { version };
}

/** [1 2; 3 4]·[5 6; 7 8] is [19 22; 43 50]; exact in float32. */
function checkProduct(): void {
  const product = tf.tidy(() => [...tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])).dataSync()]);
  if (product.join() !== '19,22,43,50') throw new Error(`a product came out as ${product.join(' ')}, not 19 22 43 50`);
}

/** The wasm module's loader takes over errors that nobody caught, for the whole process; takes its handlers off again. */
async function withoutProcessHandlers(load: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')));
  try {
    await load();
  } finally {
    events.forEach((event, e) => {
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[e].has(listener)) process.removeListener(event, listener);
    });
  }
}
