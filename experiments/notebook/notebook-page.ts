import hljs from 'highlight.js/lib/core';
import typescript from 'highlight.js/lib/languages/typescript';
import { escapeHtml } from '../charts/escape-html.ts';
import { htmlDocument } from '../report/page-frame.ts';
import { markdownHtml } from '../show/markdown.ts';
import type { Cell } from './cells.ts';
import type { Output } from './execute.ts';
import { notebookStyle } from './notebook-style.ts';

hljs.registerLanguage('typescript', typescript);

/**
 * A notebook with its outputs as one page that needs nothing else: no script, no network. Same script and outputs, same bytes.
 * @param name of the script's file, without folders
 */
export function notebookPage(name: string, cells: readonly Cell[], outputs: readonly (readonly Output[])[]): string {
  const parts = cells.map((cell, i) => cellHtml(cell, outputs[i])).filter((html) => html !== '');
  const footer = `<footer class="soft">${escapeHtml(name)}, rendered by Counterrank</footer>`;
  return htmlDocument(notebookTitle(name, cells), `<main>\n${parts.join('\n')}\n</main>\n${footer}`, { style: notebookStyle });
}

/** The first heading of the prose, else the file's name. */
export function notebookTitle(name: string, cells: readonly Cell[]): string {
  const headings = cells.filter(({ kind }) => kind === 'markdown').flatMap(({ source }) => /^# +(.+)$/m.exec(source)?.[1] ?? []);
  return headings[0] ?? name;
}

function cellHtml({ kind, source, title }: Cell, outputs: readonly Output[]): string {
  if (kind === 'markdown') return `<section class="prose">\n${markdownHtml(source)}</section>`;
  const code = source.replace(/^\n+|\s+$/g, '');
  const parts = [
    title === '' ? '' : `<h3>${escapeHtml(title)}</h3>`,
    code === '' ? '' : `<pre class="code" tabindex="0"><code>${hljs.highlight(code, { language: 'typescript' }).value}</code></pre>`,
    ...outputs.map((output) =>
      output.kind === 'html' ? output.html : `<pre class="printed" tabindex="0">${escapeHtml(output.text.trimEnd())}</pre>`,
    ),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `<section class="cell">\n${parts.join('\n')}\n</section>`;
}
