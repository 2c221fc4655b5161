import { Command } from 'commander';
import { methodGroups } from '../method-groups.ts';

export const listCommand = () =>
  new Command('list').description('every registered method of every kind, one line each').action(() => {
    console.log(
      methodGroups()
        .map(({ kind, methods }) => {
          const width = Math.max(...methods.map(({ name }) => name.length));
          return [kind, ...methods.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`)].join('\n');
        })
        .join('\n\n'),
    );
  });
