import { explained, noteRunning } from '../../../experiments/catalogue/plugin-error.ts';
import { Incomplete } from '../../../experiments/terminal/fail.ts';
import { UsageError } from '../../../src/errors.ts';

const typeError = () => new TypeError('cannot read map');

test('without plugins a fault is ours', () => {
  const error = typeError();
  expect(explained(error)).toBe(error);
});

describe('of a process that runs a plugin', () => {
  beforeAll(() => noteRunning('/here/mine.ts', new Map([['/here/mine.ts', '']])));
  const told = (error: Error) => {
    const { message } = explained(error) as UsageError;
    expect(explained(error)).toBeInstanceOf(UsageError);
    return message;
  };

  test('a type that is not as expected is one line that names the plugin', () =>
    expect(told(typeError())).toMatch(/^TypeError: cannot read map at .*; what a plugin \(\/here\/mine\.ts\) gave/));

  test('what its code threw is told with the line, wherever that was called', () => {
    const error = Object.assign(new Error('no\nmore'), {
      stack: 'Error: no\n    at check (/here/mine.ts:7:3)\n    at decode (/ours.ts:1:1)',
    });
    expect(told(error)).toBe('plugin /here/mine.ts: line 7: Error: no');
  });

  test('long messages are cut', () => {
    const error = Object.assign(new Error('x'.repeat(3000)), { stack: '    at /here/mine.ts:7:3' });
    expect(told(error)).toHaveLength('plugin /here/mine.ts: line 7: Error: '.length + 501);
  });

  test.each([
    new Incomplete('a process ended'),
    new UsageError('a wrong value'),
    Object.assign(new Error('disk full'), { code: 'ENOSPC' }),
  ])('%s is no fault of a plugin', (error) => expect(explained(error)).toBe(error));
});
