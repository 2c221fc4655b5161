import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { NetworkMaker } from './dense-network.ts';
import { type Product, productNetwork } from './product-network.ts';

export type BackendName = 'node-gpu' | 'node' | 'blas' | 'onnxruntime' | 'wasm' | 'cpu';

/** One backend of the ladder. */
export interface Rung {
  readonly name: BackendName;
  /** Makes it the one in use, after a check that it computes right. Throws the reason why it does not open. */
  open(): Promise<OpenRung>;
}

export interface OpenRung {
  readonly version: string;
  readonly network: NetworkMaker;
  readonly product: Product; // for what is more than a network of plain dense layers
  /** Threads of what is computed from now on; missing where they cannot be chosen. */
  readonly useThreads?: (count: number) => void;
}

/** A backend of TensorFlow.js: the package that registers it, and the name it registers. */
export interface TensorPackage {
  readonly name: BackendName;
  readonly packageName: string;
  readonly registers: string;
  /** Loads the package. @param folder where it is installed */
  load(folder: string): Promise<void>;
}

/** Best first. Package names of the native ones are values: they are optional, and TypeScript need not find them. */
export const rungs: readonly Rung[] = [
  tensorRung(native('node-gpu', '@tensorflow/tfjs-node-gpu')),
  tensorRung(native('node', '@tensorflow/tfjs-node')),
  blas(),
  onnxRuntime(),
  tensorRung(wasm()),
  tensorRung(cpu()),
];

/** The native library logs to standard error unless told that only errors matter. */
function native(name: BackendName, packageName: string): TensorPackage {
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

function wasm(): TensorPackage {
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

function cpu(): TensorPackage {
  const packageName = '@tensorflow/tfjs-backend-cpu';
  return { name: 'cpu', packageName, registers: 'cpu', load: async () => void (await import('@tensorflow/tfjs-backend-cpu')) };
}

function blas(): Rung {
  return {
    name: 'blas',
    async open() {
      const { openBlas } = await import('./blas.ts');
      const { library, version, product, useThreads } = openBlas();
      const c = new Float32Array(4);
      product('plain', { rows: 2, columns: 2, inner: 2 }, Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8), c);
      checkProduct(c);
      return { version: `${library}, koffi ${version}`, network: (layers) => productNetwork(layers, product), product, useThreads };
    },
  };
}

function onnxRuntime(): Rung {
  return {
    name: 'onnxruntime',
    async open() {
      const { openOnnxRuntime } = await import('./onnx-network.ts');
      const opened = openOnnxRuntime();
      const parameters = Float32Array.of(5, 6, 7, 8, 0, 0);
      checkProduct(opened.network([{ inputs: 2, outputs: 2, activation: 'linear' }]).outputs(parameters, Float32Array.of(1, 2, 3, 4)));
      return opened;
    },
  };
}

/** Loads a package, makes its backend the one in use and checks it; a backend that fails is taken off the registry again. */
export function tensorRung({ name, packageName, registers, load }: TensorPackage): Rung {
  return {
    name,
    async open() {
      const require = createRequire(import.meta.url);
      let manifest: string;
      try {
        manifest = require.resolve(`${packageName}/package.json`);
      } catch {
        throw new Error(`${packageName} is not installed`);
      }
      const { version } = require(manifest) as { version: string };
      const tf = await import('@tensorflow/tfjs-core');
      const { tensorNetwork, tensorProduct } = await import('./tensor-network.ts');
      tf.enableProdMode(); // no banner
      await withoutProcessHandlers(async () => {
        try {
          await load(dirname(manifest));
          if (!(await tf.setBackend(registers))) throw new Error('it does not start');
          checkProduct(tf.tidy(() => tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])).dataSync()));
        } catch (error) {
          if (tf.findBackendFactory(registers) !== null) tf.removeBackend(registers);
          throw error;
        }
      });
      return { version, network: tensorNetwork, product: tensorProduct };
    },
  };
}

/** [1 2; 3 4]·[5 6; 7 8] is [19 22; 43 50]; exact in float32. */
function checkProduct(product: ArrayLike<number>): void {
  const text = Array.from(product).join(' ');
  if (text !== '19 22 43 50') throw new Error(`a product came out as ${text}, not 19 22 43 50`);
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
