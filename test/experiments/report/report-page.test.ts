import { reportPage } from '../../../experiments/report/report-page.ts';
import { fakeConfig, fakeResult, fakeTask, summariseFake } from '../fake-result.ts';

const summary = summariseFake();
const command = `counterrank run x.yaml 'name="<b>"'`;
const make = () => reportPage(fakeTask, fakeConfig, command, { ...fakeResult, warnings: ['a < b & c'] }, summary);
const page = await make();

test('the same input gives the same bytes', async () => {
  expect(await make()).toBe(page);
});

test('needs no script and no network', () => {
  expect(page).not.toMatch(/<script|<link|<iframe|@import|url\(|\son\w+=/i);
  const addresses = [...page.matchAll(/https?:\/\/[^"'\s<]*/g)].map(([address]) => address);
  expect(addresses.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([]);
});

test('has every picture: metrics, differences by query, propensities where there are some, curves where something was trained', () => {
  const trained = 5;
  const withPropensities = 3;
  const compared = 3;
  expect(page.match(/<svg /g)).toHaveLength(summary.metrics.length + compared + withPropensities + trained);
});

test('every picture says what it shows, in numbers', () => {
  const alts = [...page.matchAll(/<svg[^>]* role="img" aria-label="([^"]*)"/g)].map(([, alt]) => alt);
  expect(alts).toHaveLength(page.match(/<svg /g)?.length ?? 0);
  const { value } = summary.methods[4].cells[1].mean;
  expect(alts).toContainEqual(expect.stringMatching(new RegExp(`^ndcg@10 by method: .*dual-learning ${value.toFixed(4)}`)));
  expect(alts).toContainEqual(
    expect.stringMatching(/^Propensities of ips by rank, told the truth \(oracle\) \(true\): 1: 1\.00 \(1\.00\); 2: 0\.500 \(0\.500\)/),
  );
});

test('the page has a shade of its own for every colour of a picture, in both schemes', () => {
  const svgs = [...page.matchAll(/<svg .*?<\/svg>/gs)].map(([svg]) => svg).join('');
  const colours = [...svgs.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour);
  expect(colours.length).toBeGreaterThan(50);
  expect([...new Set(colours)].filter((colour) => !/^(none|transparent)$/.test(colour) && !page.includes(`="${colour}"] {`))).toEqual([]);
  for (const name of new Set([...page.matchAll(/var\((--[\w-]+)\)/g)].map(([, variable]) => variable)))
    expect(page.split(`${name}:`).length - 1).toBe(3); // light, dark, and printed
});

test('what users typed is text, never markup', () => {
  expect(page).toContain('counterrank run x.yaml &#39;name=&quot;&lt;b&gt;&quot;&#39;');
  expect(page).toContain('a &lt; b &amp; c');
  expect(page).not.toContain('name="<b>"');
});

test('answers first: who wins by how much, and what went wrong', () => {
  expect(page).toMatch(/ips is above naive on ndcg@10: \+0\.0\d+, 95 % interval/);
  expect(page).toContain('dual-learning: propensities drifted in 1 of 5 seeds.');
});

test('differences by query are counted, and clipped clicks told where weights are cut', () => {
  const differences = fakeResult.units[0].query.map((_, q) =>
    fakeResult.values.reduce((sum, ofSeed) => sum + (ofSeed[2][1][q] - ofSeed[1][1][q]) / fakeResult.seeds.length, 0),
  );
  const better = differences.filter((value) => value > 1e-12).length;
  expect(page).toContain(`<b>ips</b> <span>${better} better, 0 equal, ${3 - better} worse</span>`);
  expect(page).toContain('<th scope="row">clipped-ips</th><td>22.0 % (20.0 % to 24.0 %)</td>');
});
