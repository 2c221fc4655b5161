/** What a notebook adds to the style of the reports: a narrower column, prose, code in few colours that both schemes can show. */
export const notebookStyle = `
:root { --keyword: #8250df; --string: #0a5c36; --number: #9a3b00; --name: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --keyword: #d2a8ff; --string: #7ee0a6; --number: #ffb27a; --name: #79c0ff; } }
main { max-width: 56rem; margin: 0 auto; }
footer { max-width: 56rem; margin: 3rem auto 0; border-top: 1px solid var(--line); padding-top: 0.6rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 0.4rem; }
.prose { overflow-wrap: break-word; }
.prose table { display: block; overflow-x: auto; width: auto; margin: 0.8rem 0; }
.prose th, .prose td { text-align: left; white-space: normal; min-width: 6rem; }
.prose code { background: var(--card); border-radius: 4px; padding: 0.1em 0.3em; font-size: 0.9em; }
.prose pre code { background: none; padding: 0; }
.prose blockquote { margin: 0.8rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft); }
a { color: var(--c0); }
.cell { margin: 0.8rem 0 1.2rem; }
.code { border-left: 3px solid var(--c0); border-radius: 0 6px 6px 0; line-height: 1.45; margin: 0.4rem 0; }
.printed { background: none; border: 1px solid var(--grid); line-height: 1.35; margin: 0.6rem 0; }
.cell .pictures { margin: 0.8rem 0; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 30rem)); }
.cell .scroll { margin: 0.8rem 0 0.3rem; }
.hljs-comment { color: var(--soft); font-style: italic; }
.hljs-keyword, .hljs-literal { color: var(--keyword); }
.hljs-string, .hljs-regexp { color: var(--string); }
.hljs-subst { color: var(--text); }
.hljs-number { color: var(--number); }
.hljs-title, .hljs-property, .hljs-attr, .hljs-built_in { color: var(--name); }
`;
