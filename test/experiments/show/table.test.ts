import { formatCell, table } from '../../../experiments/show/table.ts';

test.each([
  [0, '0'],
  [-3, '−3'],
  [1234567, '1,234,567'],
  [0.123456, '0.1235'],
  [-0.5, '−0.5000'],
  [12.34567, '12.346'],
  [0.0000123, '0.0000123'],
  [1234567.5, '1.23e6'],
  [0.000000123, '1.23e−7'],
  [Number.NaN, '–'],
  [null, '–'],
  [undefined, '–'],
  ['text', 'text'],
  [true, 'true'],
])('%p is written %s', (value, text) => expect(formatCell(value)).toBe(text));

const view = table(
  [
    { method: 'a<b', value: 1.5 },
    { method: 'ips', note: 'x' },
  ],
  'What it is.',
);

test('columns are all keys in the order of their first use; what is missing is a dash', () => {
  expect(view.text(80).split('\n')).toEqual(['method  value  note', 'a<b     1.500  –', 'ips     –      x', 'What it is.']);
});

test('as HTML it names its rows and escapes what is in them', async () => {
  const html = await view.html();
  expect(html).toContain('<th scope="row">a&lt;b</th><td>1.500</td>');
  expect(html).toContain('<p class="soft">What it is.</p>');
  expect(html).toContain('<th scope="col" class="said">note</th>'); // reads from the left, as what is below it
  expect(html).toContain('<td class="said">x</td>');
});
