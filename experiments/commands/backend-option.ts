import { Option } from 'commander';
import { backends } from '../config/backends.ts';

export const backendOption = () =>
  new Option('--backend <name>', 'where tensors are computed, instead of the one in the config (auto: the fastest that works)').choices(
    backends,
  );
