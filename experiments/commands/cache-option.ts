import { type Command, Option } from 'commander';
import { cacheVariable, noCache } from '../../src/data/cache-folder.ts';

/** Adds `--cache` and `--no-cache` to a command that reads query sets. They hold for the processes that it starts, too. */
export const withCacheOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--cache <dir>',
        `where binary copies of query sets are kept, which are read faster the next time (default: counterrank in the user's cache folder; or $${cacheVariable})`,
      ),
    )
    .addOption(new Option('--no-cache', 'keep and use no copies'))
    .hook('preAction', (_, action) => {
      const { cache } = action.opts<{ cache?: string | boolean }>();
      if (typeof cache === 'string') process.env[cacheVariable] = cache;
      if (cache === false) process.env[cacheVariable] = noCache;
    });
