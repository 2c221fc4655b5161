/**
 * The one script of a report's page: rows, columns and order of its tables by what a reader types and clicks. It reads the page and holds nothing
 * of the data, so its hash, which the page's policy allows, is the same for all pages; without it the page shows everything.
 */
export const chooseScript = `
const box = document.querySelector('.choose');
const [rows, columns] = box.querySelectorAll('input');
box.hidden = false;
const words = (input) => input.value.toLowerCase().split(/[ ,]+/).filter(Boolean);
const has = (text, asked) => asked.length === 0 || asked.some((word) => text.toLowerCase().includes(word));
const headRow = (table) => table.tHead.rows[table.tHead.rows.length - 1];
const cellsOver = new Map([...document.querySelectorAll('.choosable table')].map((table) => [table, [...table.tHead.rows].slice(0, -1).map((row) => [...row.cells].flatMap((cell) => Array(cell.colSpan).fill(cell)))]));
function choose() {
  for (const [table, levels] of cellsOver) {
    const shown = [...headRow(table).cells].map((head, c) => c === 0 || has([...levels.map((over) => over[c]), head].map((one) => one.textContent).join(' '), words(columns)));
    for (const row of [headRow(table), ...table.tBodies[0].rows]) [...row.cells].forEach((cell, c) => { cell.hidden = !shown[c]; });
    for (const over of levels)
      for (const cell of new Set(over)) {
        const wide = over.filter((one, c) => one === cell && shown[c]).length;
        cell.hidden = wide === 0;
        cell.colSpan = Math.max(1, wide);
      }
    for (const row of table.tBodies[0].rows) row.hidden = !has(row.cells[0].textContent, words(rows));
  }
  for (const figure of document.querySelectorAll('figure'))
    figure.hidden = ![words(rows), words(columns)].every((asked) => has(figure.textContent + ' ' + (figure.querySelector('svg')?.getAttribute('aria-label') ?? ''), asked));
}
for (const input of [rows, columns]) input.addEventListener('input', choose);
const valueOf = (text) => { const number = Number.parseFloat(text.replace('\\u2212', '-')); return Number.isNaN(number) ? -Infinity : number; };
for (const table of document.querySelectorAll('.choosable table')) {
  const usual = [...table.tBodies[0].rows];
  [...headRow(table).cells].forEach((head, c) => {
    const button = document.createElement('button');
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const order = { none: 'descending', descending: 'ascending', ascending: null }[head.ariaSort ?? 'none'];
      for (const other of headRow(table).cells) other.ariaSort = null;
      head.ariaSort = order;
      const sign = order === 'ascending' ? 1 : -1;
      const text = (row) => row.cells[c].textContent;
      const sorted = order === null ? usual : [...usual].sort((a, b) => sign * (c === 0 ? -text(a).localeCompare(text(b)) : valueOf(text(a)) - valueOf(text(b))));
      table.tBodies[0].append(...sorted);
    });
  });
}
`;

/** The fields that the script reads; hidden where it does not run. */
export const chooseFields = `<p class="choose" hidden><label>Methods <input type="search" placeholder="all, or words of some"></label> <label>Columns <input type="search" placeholder="data sets, metrics …"></label> <span class="soft">A head sorts by its column.</span></p>`;
