/** @jest-environment ./test/native-floats-environment.js */
import { openBackend } from '../../../src/tensor/backend.ts';
import type { DenseLayer } from '../../../src/tensor/dense-network.ts';
import { onnxModel } from '../../../src/tensor/onnx-model.ts';
import { openOnnxRuntime } from '../../../src/tensor/onnx-network.ts';
import { tensorNetwork, tensorProduct } from '../../../src/tensor/tensor-network.ts';
import { close, everything, layersOf, waves } from './whole-network.ts';

/** A field of bytes that are fewer than 128, by the wire format of Protocol Buffers. */
const part = (tag: number, ...bytes: number[]) => [tag, bytes.length, ...bytes];
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

test('a model is the message of onnx.proto3, byte by byte', () => {
  const shape = part(0x12, ...part(0x0a, ...part(0x12, ...letters('n'))), ...part(0x0a, 0x08, 0xac, 0x02)); // 300 = 0b10_0101100
  const type = part(0x12, ...part(0x0a, 0x08, 1, ...shape));
  const constant = (dims: number[], kind: number, name: string, raw: number[]) =>
    part(0x2a, ...dims, 0x10, kind, ...part(0x42, ...letters(name)), ...part(0x4a, ...raw));
  const attribute = part(0x2a, ...part(0x0a, ...letters('k')), 0x18, 1, 0xa0, 0x01, 2);
  const graph = [
    ...part(0x0a, ...part(0x0a, ...letters('x')), ...part(0x12, ...letters('y')), ...part(0x22, ...letters('Op')), ...attribute),
    ...part(0x12, ...letters('network')),
    ...constant([], 1, 'h', [0, 0, 0, 0x3f]), //              0.5
    ...constant([0x08, 1], 7, 'a', [1, 0, 0, 0, 0, 0, 0, 0]),
    ...part(0x5a, ...part(0x0a, ...letters('x')), ...type),
    ...part(0x62, ...part(0x0a, ...letters('y')), ...type),
  ];
  const model = onnxModel({
    nodes: [{ operator: 'Op', inputs: ['x'], output: 'y', attributes: { k: 1 } }],
    inputs: [{ name: 'x', shape: ['n', 300] }],
    outputs: [{ name: 'y', shape: ['n', 300] }],
    constants: { h: { float: 0.5 }, a: { axis: 1 } },
  });
  expect([...model]).toEqual([0x08, 8, 0x3a, graph.length, ...graph, ...part(0x42, 0x10, 13)]);
});

const runtime = (() => {
  try {
    return openOnnxRuntime();
  } catch (error) {
    console.warn(`ONNX Runtime is not tested: ${(error as Error).message}`);
    return null;
  }
})();

(runtime === null ? describe.skip : describe)('with ONNX Runtime', () => {
  const networkOf = (layers: readonly DenseLayer[]) => (runtime as NonNullable<typeof runtime>).network(layers);

  test.each(['linear', 'elu', 'relu', 'tanh'] as const)('the network is that of the cpu backend, with %s', async (activation) => {
    await openBackend('cpu');
    for (const layers of [layersOf(activation), layersOf(activation).slice(0, 1)]) {
      const network = networkOf(layers);
      for (const rows of [7, 1, 300, 12]) close(everything(network, layers, rows), everything(tensorNetwork(layers), layers, rows));
    }
  });

  test.each(['plain', 'left-transposed', 'right-transposed'] as const)('a %s product is that of the cpu backend', async (form) => {
    await openBackend('cpu');
    const shape = { rows: 3, columns: 5, inner: 4 };
    const [one, other] = [runtime?.product, tensorProduct].map((product) => {
      const c = new Float32Array(15);
      product?.(form, shape, waves(12, 0), waves(20, 1), c);
      return [...c];
    });
    close(one, other);
  });

  test('outputs are a copy, and no rows are no outputs', () => {
    const network = networkOf(layersOf('elu'));
    const parameters = waves(59, 1);
    const first = network.outputs(parameters, waves(8, 0));
    const kept = [...first];
    network.outputs(parameters, waves(8, 5));
    expect([...first]).toEqual(kept);
    expect(network.outputs(parameters, new Float32Array(0))).toHaveLength(0);
  });

  test('the backend opens, takes threads and says its version', async () => {
    expect(await openBackend('onnxruntime')).toMatchObject({ name: 'onnxruntime', version: runtime?.version });
    runtime?.useThreads(2);
    close(everything(networkOf(layersOf('elu')), layersOf('elu'), 300), everything(tensorNetwork(layersOf('elu')), layersOf('elu'), 300));
  });
});

(runtime === null ? test : test.skip)('without the package: one line that says how to install it', () => {
  expect(openOnnxRuntime).toThrow(/^onnxruntime-node is not installed; npm install onnxruntime-node$/);
});
