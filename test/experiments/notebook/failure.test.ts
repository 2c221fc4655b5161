import { parseCells } from '../../../experiments/notebook/cells.ts';
import { failure } from '../../../experiments/notebook/failure.ts';

const cells = parseCells('// %% One\na();\n// %% Two\n\nb();\n', 'n.ts');
const at = { name: 'n.ts', url: 'file:///x/n.ts', cells, current: 0 };
const withStack = (stack: string) => Object.assign(new TypeError('no b'), { stack });

test('names the innermost line of the script and its cell', () => {
  const error = withStack('TypeError: no b\n    at f (file:///x/helper.js:9:1)\n    at file:///x/n.ts:5:3\n    at file:///x/n.ts:2:1');
  expect(failure(error, at).message).toBe('n.ts:5: in cell 2 of 2 "Two": TypeError: no b');
});

test('without a line of the script, names the cell that was running', () => {
  expect(failure(withStack('TypeError: no b\n    at node:timers:1:1'), { ...at, current: 1 }).message).toBe(
    'n.ts: in cell 2 of 2 "Two": TypeError: no b',
  );
  expect(failure('thrown text', at).message).toBe('n.ts: in cell 1 of 2 "One": thrown text');
});
