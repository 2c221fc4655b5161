/** Small pictures of the playground as SVG text, coloured by the page. Words are the page's own, so nothing has to be escaped. */

const [width, height] = [340, 220];
const inside = { left: 34, right: 8, top: 10, bottom: 26 };

const svg = (label: string, body: string, tall = height) =>
  `<svg viewBox="0 0 ${width} ${tall}" role="img" aria-label="${label}" xmlns="http://www.w3.org/2000/svg">${body}</svg>`;
const text = (x: number, y: number, words: string, anchor = 'middle') => `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** Sessions side by side, the first rank on top: a filled square is a click. */
export function sessionsPicture(sessions: readonly Uint8Array[], positions: number): string {
  const [across, down] = [(width - inside.left - inside.right) / 40, (height - inside.top - inside.bottom) / positions];
  const cells = sessions.flatMap((clicks, s) =>
    Array.from(
      clicks,
      (click, k) =>
        `<rect x="${(inside.left + s * across + 1).toFixed(1)}" y="${(inside.top + k * down + 1).toFixed(1)}" width="${(across - 2).toFixed(1)}" height="${(down - 2).toFixed(1)}" class="${click === 1 ? 'click' : 'shown'}"/>`,
    ),
  );
  const ranks = Array.from({ length: positions }, (_, k) => text(inside.left - 6, inside.top + (k + 0.7) * down, String(k + 1), 'end'));
  const all = sessions.reduce((sum, clicks) => sum + clicks.reduce((own, click) => own + click, 0), 0);
  const label = `${sessions.length} sessions with ${all} clicks in all, by rank`;
  return svg(label, `${cells.join('')}${ranks.join('')}${text(width / 2, height - 8, 'sessions of the log')}`);
}

export interface RankLine {
  readonly name: string;
  readonly style: string; // class of line and marks
  readonly values: ArrayLike<number>;
}

/** Curves by rank from 0 to 1; what is higher is cut there. Each has marks of its own shape, so that none is told by colour alone. */
export function rankPicture(lines: readonly RankLine[], positions: number): string {
  const x = (k: number) => inside.left + 6 + (k / Math.max(1, positions - 1)) * (width - inside.left - inside.right - 12);
  const y = (value: number) => inside.top + (1 - Math.min(1, value)) * (height - inside.top - inside.bottom);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (at) =>
      `<line class="grid" x1="${inside.left}" x2="${width - inside.right}" y1="${y(at)}" y2="${y(at)}"/>${text(inside.left - 5, y(at) + 3, String(at), 'end')}`,
  );
  const curves = lines.map(({ values, style }, shape) => {
    const points = Array.from(values, (value, k) => [x(k), y(value)] as const).filter(([, at]) => Number.isFinite(at));
    const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ');
    return `<g class="${style}"><polyline points="${path}"/>${points.map(([px, py]) => mark(shape, px, py)).join('')}</g>`;
  });
  const ranks = Array.from({ length: positions }, (_, k) => text(x(k), height - 12, String(k + 1)));
  const label = lines.map(({ name, values }) => `${name} ${Array.from(values, (v) => v.toFixed(2)).join(' ')}`).join('; ');
  return svg(label, `${grid.join('')}${curves.join('')}${ranks.join('')}${text(width / 2, height - 1, 'rank')}`);
}

/** The shape of the lines' marks: circle, square, triangle, diamond. */
export function mark(shape: number, x: number, y: number, r = 3): string {
  if (shape % 4 === 0) return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}"/>`;
  const corners = [
    [-1, -1, 1, -1, 1, 1, -1, 1],
    [0, -1.3, 1.2, 1, -1.2, 1],
    [0, -1.4, 1.4, 0, 0, 1.4, -1.4, 0],
  ][(shape % 4) - 1];
  const points = Array.from({ length: corners.length / 2 }, (_, i) => `${x + r * corners[2 * i]},${y + r * corners[2 * i + 1]}`);
  return `<polygon points="${points.join(' ')}"/>`;
}

/** One bar a method, from the least whole tenth below all values to 1; references are hollow. */
export function barPicture(bars: readonly { readonly name: string; readonly value: number; readonly reference: boolean }[]): string {
  const known = bars.map(({ value }) => value).filter(Number.isFinite);
  const from = Math.max(0, Math.floor(10 * Math.min(...known) - 0.5) / 10);
  const [left, row] = [150, 28];
  const x = (value: number) => left + ((value - from) / (1 - from)) * (width - left - 46);
  const rows = bars.map(({ name, value, reference }, i) => {
    const top = 6 + i * row;
    const words = Number.isFinite(value) ? value.toFixed(3) : 'too few clicks';
    const long = Number.isFinite(value) ? x(value) - left : 0;
    return `${text(left - 6, top + 15, name, 'end')}<rect class="${reference ? 'reference' : 'method'}" x="${left}" y="${top + 3}" width="${long.toFixed(1)}" height="${row - 9}"/>${text(left + long + 4, top + 15, words, 'start')}`;
  });
  const tall = 12 + bars.length * row;
  const label = `NDCG@10: ${bars.map(({ name, value }) => `${name} ${value.toFixed(3)}`).join('; ')}`;
  return svg(label, `<line class="axis" x1="${left}" x2="${left}" y1="4" y2="${tall - 6}"/>${rows.join('')}`, tall);
}

/** What the numbers say, in two sentences. */
export function reading(clicks: number, sessions: number, ndcg: Readonly<Record<string, number>>): string {
  const { naive, 'dual-learning': dual, skyline, production } = ndcg;
  const gain = dual - naive;
  const size = (value: number) => Math.abs(value).toFixed(3);
  const who = gain > 0.005 ? `is ${size(gain)} above` : gain < -0.005 ? `is ${size(gain)} below` : 'is level with';
  const reached =
    skyline - production > 0.005
      ? ` Of the way from production to skyline it has gone ${percent((dual - production) / (skyline - production))}.`
      : '';
  return `${Math.round(clicks).toLocaleString('en')} clicks in ${sessions.toLocaleString('en')} sessions. Dual learning, from the clicks alone, ${who} naive.${reached}`;
}
