import { readFileSync } from 'node:fs';
import { openKernels } from '../../../src/kernels/kernels.ts';

test('the module that is committed is what its source compiles to', async () => {
  const { compiled } = await import(new URL('../../../kernels/build.js', import.meta.url).href);
  expect(readFileSync(new URL('../../../src/kernels/module.ts', import.meta.url), 'utf8')).toBe(await compiled());
});

test('arrays start at whole vectors, all 0, with a vector between one and the next', () => {
  const opened = openKernels([4, 64, 0]);
  if (opened === null) throw new Error('WebAssembly with SIMD is expected here');
  const { at, buffer } = opened;
  expect(at).toEqual([0, 32, 112]);
  expect(new Uint8Array(buffer).every((byte) => byte === 0)).toBe(true);
});

test('more memory than WebAssembly has: none', () => {
  expect(openKernels([2 ** 33])).toBeNull();
});

test('without WebAssembly: none', async () => {
  const { WebAssembly } = globalThis;
  try {
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    expect(openKernels([4])).toBeNull();
  } finally {
    globalThis.WebAssembly = WebAssembly;
  }
});
