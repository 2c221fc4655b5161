import { openBackend } from '../../../src/tensor/backend.ts';
import { openBlas } from '../../../src/tensor/blas.ts';
import { type DenseActivation, type DenseLayer, parameterCount } from '../../../src/tensor/dense-network.ts';
import { type Product, productNetwork } from '../../../src/tensor/product-network.ts';
import { tensorNetwork, tensorProduct } from '../../../src/tensor/tensor-network.ts';
import { close, everything, layersOf, waves } from './whole-network.ts';

/** By the definition, in double precision. */
const plainProduct: Product = (form, { rows, columns, inner }, a, b, c) => {
  const left = (i: number, k: number) => (form === 'left-transposed' ? a[k * rows + i] : a[i * inner + k]);
  const right = (k: number, j: number) => (form === 'right-transposed' ? b[j * inner + k] : b[k * columns + j]);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += left(i, k) * right(k, j);
      c[i * columns + j] = sum;
    }
};

test.each(['linear', 'elu', 'relu', 'tanh'] as const)(
  'outputs, loss and gradient are those of TensorFlow.js, with %s',
  async (activation) => {
    await openBackend('cpu');
    const layers = layersOf(activation);
    const network = productNetwork(layers, plainProduct);
    for (const rows of [7, 1, 12]) close(everything(network, layers, rows), everything(tensorNetwork(layers), layers, rows));
  },
);

test.each(['plain', 'left-transposed', 'right-transposed'] as const)('a %s product on tensors is that by the definition', async (form) => {
  await openBackend('cpu');
  const [one, other] = [tensorProduct, plainProduct].map((product) => {
    const c = new Float32Array(15);
    product(form, { rows: 3, columns: 5, inner: 4 }, waves(12, 0), waves(20, 1), c);
    return [...c];
  });
  close(one, other);
});

test('outputs are a copy, and no rows are no outputs', () => {
  const layers = layersOf('elu');
  const network = productNetwork(layers, plainProduct);
  const parameters = waves(parameterCount(layers), 1);
  const first = network.outputs(parameters, waves(8, 0));
  const kept = [...first];
  network.outputs(parameters, waves(8, 5));
  expect([...first]).toEqual(kept);
  expect(network.outputs(parameters, new Float32Array(0))).toHaveLength(0);
});

const formulas: Readonly<Record<DenseActivation, (z: number) => number>> = {
  linear: (z) => z,
  relu: (z) => Math.max(z, 0),
  elu: (z) => (z < 0 ? Math.expm1(z) : z),
  tanh: Math.tanh,
};

test.each(Object.entries(formulas))('%s is that of its formula, over the whole range of floats', (name, formula) => {
  const range = Array.from({ length: 4000 }, (_, i) => -90 + i * 0.0453);
  const z = Float32Array.of(...range, -1e-7, -Infinity, -1e38, 0, -0, 1e-30, 3, Infinity, Number.NaN);
  const layers: DenseLayer[] = [{ inputs: 1, outputs: 1, activation: name as DenseActivation }];
  const outputs = productNetwork(layers, plainProduct).outputs(Float32Array.of(1, 0), z);
  for (const [i, value] of z.entries()) {
    const expected = formula(value);
    if (Number.isFinite(expected)) expect(Math.abs(outputs[i] - expected)).toBeLessThan(1.2e-7 * (1 + Math.abs(expected)));
    else expect(outputs[i]).toBe(expected);
  }
});

test('memory that is kept for many rows leaves nothing in passes over few, and grows again', () => {
  const layers = layersOf('elu');
  const kept = productNetwork(layers, plainProduct);
  for (const rows of [200, 3, 70, 201, 1])
    expect(everything(kept, layers, rows)).toEqual(everything(productNetwork(layers, plainProduct), layers, rows));
});

test('more rows than WebAssembly has memory for: told with their number', () => {
  const layers: DenseLayer[] = [{ inputs: 1, outputs: 2 ** 30, activation: 'linear' }];
  expect(() => productNetwork(layers, plainProduct).outputs(new Float32Array(0), Float32Array.of(1))).toThrow(
    /no memory of WebAssembly for 1 rows/,
  );
});

const blas = (() => {
  try {
    return openBlas();
  } catch (error) {
    console.warn(`BLAS is not tested: ${(error as Error).message}`);
    return null;
  }
})();

(blas === null ? describe.skip : describe)('with a BLAS of this machine', () => {
  test.each(['plain', 'left-transposed', 'right-transposed'] as const)('a product is that of the definition, %s', (form) => {
    const shape = { rows: 5, columns: 3, inner: 7 };
    const [ours, plain] = [new Float32Array(15), new Float32Array(15)];
    const whole = waves(100, 2); // a view into the middle of an array counts from its own start
    blas?.product(form, shape, whole.subarray(11, 46), waves(21, 1), ours);
    plainProduct(form, shape, whole.subarray(11, 46), waves(21, 1), plain);
    close([...ours], [...plain]);
  });

  test.each(['elu', 'relu', 'tanh'] as const)('the network is that of the plain product, with %s', (activation) => {
    const layers = layersOf(activation);
    const product = blas?.product ?? plainProduct;
    close(everything(productNetwork(layers, product), layers, 300), everything(productNetwork(layers, plainProduct), layers, 300));
  });

  test('with two threads a product is the same', () => {
    const shape = { rows: 200, columns: 300, inner: 150 };
    const [a, b] = [waves(200 * 150, 1), waves(150 * 300, 2)];
    const [one, two] = [new Float32Array(60_000), new Float32Array(60_000)];
    blas?.product('plain', shape, a, b, one);
    blas?.useThreads(2);
    blas?.product('plain', shape, a, b, two);
    blas?.useThreads(1);
    close([...two], [...one]);
  });

  test('the backend opens, and says which library it is', async () => {
    const { name, version } = await openBackend('blas');
    expect([name, version]).toEqual(['blas', expect.stringContaining(`${blas?.library}, koffi `)]);
  });
});

test('a library that is not there is told in one line, with what to do', () => {
  const before = process.env.COUNTERRANK_BLAS;
  process.env.COUNTERRANK_BLAS = '/nowhere/libblas.so';
  const message = (() => {
    try {
      openBlas();
    } catch (error) {
      return (error as Error).message;
    } finally {
      if (before === undefined) delete process.env.COUNTERRANK_BLAS;
      else process.env.COUNTERRANK_BLAS = before;
    }
  })();
  expect(message).toMatch(/^("\/nowhere\/libblas\.so" of \$COUNTERRANK_BLAS: .+|koffi.* is not installed)$/);
});
