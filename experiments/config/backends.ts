import type { StudyConfig } from './config-kind.ts';

export const backends: StudyConfig['backend'][] = ['auto', 'node-gpu', 'node', 'blas', 'onnxruntime', 'wasm', 'cpu'];
