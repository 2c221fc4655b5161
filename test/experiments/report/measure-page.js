/** Runs in a browser, as the text of this file; see open-page.ts for what comes of it. */
(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  for (const details of all('details')) details.open = true;
  const pictures = all('svg').map((svg) => {
    const box = svg.getBoundingClientRect();
    const words = all('text', svg).map((text) => text.getBoundingClientRect());
    return {
      width: box.width,
      height: box.height,
      marks: all('path, text, line', svg).filter((mark) => mark.getBoundingClientRect().width > 0).length,
      overflow: Math.max(...words.map(({ left, right }) => Math.max(right - box.right, box.left - left))),
    };
  });
  const tables = all('table').map((table) => {
    const columns = table.tHead.rows[table.tHead.rows.length - 1].cells.length;
    return {
      box: table.parentElement.clientWidth,
      width: table.scrollWidth,
      columns,
      ragged: [...table.tBodies[0].rows].filter((row) => row.cells.length !== columns).length,
      hiddenWords: all('th, td', table).filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length,
    };
  });
  const { backgroundColor, color } = getComputedStyle(document.body);
  return { pageWidth: document.documentElement.scrollWidth, pictures, tables, background: backgroundColor, text: color };
})();
