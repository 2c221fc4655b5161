import { marked } from 'marked';
import type { View } from './view.ts';

/** Markdown as HTML, GitHub's dialect. It may hold HTML of its own: a notebook is as trusted as the code in it. */
export const markdownHtml = (text: string): string => marked.parse(text, { async: false, gfm: true });

/** Prose whose numbers are computed: as written in a terminal, set as text on a page. */
export const markdown = (text: string): View => ({ text: () => text, html: () => markdownHtml(text) });
