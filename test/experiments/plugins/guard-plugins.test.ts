import { guardPlugins } from '../../../experiments/catalogue/open-catalogue.ts';
import { Incomplete } from '../../../experiments/terminal/fail.ts';
import { UsageError } from '../../../src/errors.ts';

const guarded = (error: Error, plugins = [{ path: 'mine.ts' }]) =>
  guardPlugins(plugins, async () => {
    throw error;
  });

test('a type that is not as expected is one line that names the plugin', async () => {
  const work = guarded(new TypeError('cannot read map'));
  await expect(work).rejects.toThrow(UsageError);
  await expect(work).rejects.toThrow(/^TypeError: cannot read map at .*; what a plugin \(mine\.ts\) gave/);
});

test.each([new Incomplete('a process ended'), new UsageError('a wrong value'), Object.assign(new Error('disk full'), { code: 'ENOSPC' })])(
  '%s is no fault of a plugin',
  (error) => expect(guarded(error)).rejects.toBe(error),
);

test('without plugins a fault is ours', () => {
  const error = new TypeError('ours');
  return expect(guarded(error, [])).rejects.toBe(error);
});
