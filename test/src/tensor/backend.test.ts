import * as tf from '@tensorflow/tfjs-core';
import { UsageError } from '../../../src/errors.ts';
import { climb, denseNetwork, openBackend, useThreads } from '../../../src/tensor/backend.ts';
import { type Rung, type TensorPackage, tensorRung } from '../../../src/tensor/backend-rungs.ts';

/** A rung whose "package" registers the cpu kernels' backend under another name, with a product of its own. */
const rung = (name: Rung['name'], load: TensorPackage['load'], packageName = '@tensorflow/tfjs-backend-cpu'): Rung =>
  tensorRung({ name, packageName, registers: `fake-${name}`, load });
/** Registers a backend whose every product is `product`. */
const registers = (name: Rung['name'], product: number[]) => async () => {
  const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu');
  tf.registerBackend(`fake-${name}`, () => new MathBackendCPU());
  tf.registerKernel({
    kernelName: 'BatchMatMul',
    backendName: `fake-${name}`,
    kernelFunc: ({ backend }) =>
      (backend as InstanceType<typeof MathBackendCPU>).makeTensorInfo([2, 2], 'float32', Float32Array.from(product)),
  });
};
const right = [19, 22, 43, 50];

test('without a backend, a model of dense layers is told what to do', () => {
  expect(() => denseNetwork([])).toThrow(UsageError);
  expect(() => denseNetwork([])).toThrow('await openBackend');
});

test('a backend counts as open only when its product is right; each one passed over says why, in one line', async () => {
  const report = await climb('auto', [
    rung('node-gpu', async () => {}, '@tensorflow/no-such-package'),
    rung('node', async () => Promise.reject(new Error('cannot load libtensorflow.so\n  at require\n  at load'))),
    rung('wasm', registers('wasm', [19, 22, 43, 51])),
    rung('cpu', registers('cpu', right)),
  ]);
  expect(report).toMatchObject({ name: 'cpu', version: expect.stringMatching(/^4\./) });
  expect(report.skipped).toEqual([
    'node-gpu: @tensorflow/no-such-package is not installed',
    'node: cannot load libtensorflow.so',
    'wasm: a product came out as 19 22 43 51, not 19 22 43 50',
  ]);
  expect(tf.getBackend()).toBe('fake-cpu');
  expect(tf.findBackendFactory('fake-wasm')).toBeNull(); // so that nothing computes on it later
});

test('a chosen backend that does not open is a UsageError that says why; the others are not tried', async () => {
  const failing = rung('wasm', registers('wasm', [1, 2, 3, 4]));
  const attempt = climb('wasm', [rung('node', registers('node', right)), failing, rung('cpu', registers('cpu', right))]);
  await expect(attempt).rejects.toThrow(UsageError);
  await expect(attempt).rejects.toThrow(/"wasm": wasm: a product came out as 1 2 3 4.*choose "auto"/);
});

test('the same choice answers the same report; another choice switches', async () => {
  const { log } = console;
  const printed: unknown[] = [];
  console.log = (...line) => printed.push(line);
  const first = openBackend('wasm');
  expect(openBackend('wasm')).toBe(first);
  expect((await first).name).toBe('wasm');
  expect(tf.getBackend()).toBe('wasm');
  expect((await openBackend('cpu')).name).toBe('cpu');
  expect(tf.getBackend()).toBe('cpu');
  expect((await openBackend('wasm')).name).toBe('wasm');
  expect(tf.getBackend()).toBe('wasm');
  expect(tf.env().getBool('WASM_HAS_SIMD_SUPPORT')).toBe(true);
  console.log = log;
  expect(printed).toEqual([]); // no banner
});

test('errors that nobody catches stay the business of the process, not of the wasm loader', async () => {
  await openBackend('wasm');
  const sources = [...process.listeners('uncaughtException'), ...process.listeners('unhandledRejection')].map(String);
  expect(sources.filter((source) => source.includes('ExitStatus'))).toEqual([]);
});

test('auto opens what works here, and says of every better one why it was passed over', async () => {
  const { name, skipped } = await openBackend('auto');
  const ladder = ['node-gpu', 'node', 'blas', 'onnxruntime', 'wasm', 'cpu'];
  expect(skipped.map((line) => line.split(':')[0])).toEqual(ladder.slice(0, ladder.indexOf(name)));
});

test('a number of threads goes to the backend that takes one, and no other', async () => {
  const taken: number[] = [];
  const network = () => ({ outputs: () => new Float32Array(0), lossGradient: () => 0 });
  await climb('auto', [
    { name: 'blas', open: async () => ({ version: '1', network, product: () => {}, useThreads: (count) => taken.push(count) }) },
  ]);
  useThreads(3);
  expect(taken).toEqual([3]);
  const refuses = () => {
    throw new Error('"libx.so" has no function that sets its threads');
  };
  await climb('auto', [{ name: 'blas', open: async () => ({ version: '1', network, product: () => {}, useThreads: refuses }) }]);
  expect(() => useThreads(3)).toThrow(
    new UsageError('3 threads: "libx.so" has no function that sets its threads; leave out the number of threads'),
  );
  await climb('auto', [rung('cpu', registers('cpu', right))]);
  expect(() => useThreads(3)).toThrow(UsageError);
  expect(() => useThreads(3)).toThrow('the backend "cpu" does not take a number of threads (3)');
});
