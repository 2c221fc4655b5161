import { Option } from 'commander';

export const backends = ['auto', 'node-gpu', 'node', 'wasm', 'cpu'] as const;
export type Backend = (typeof backends)[number];

export const backendOption = () =>
  new Option('--backend <name>', 'where tensors are computed, instead of the one in the config (auto: the fastest that works)').choices(
    backends,
  );
