import { cssVariables, darkPalette, lightPalette, pictureColours } from '../charts/palette.ts';
import type { View } from './view.ts';

/** The part of tslab's `display` that is used here. */
export interface TslabDisplay {
  html(text: string): void;
}

/** What the kernel leaves on the global object for the code of its cells. */
interface TslabGlobal {
  readonly __tslab__?: { readonly require?: (name: 'tslab') => { readonly display: TslabDisplay } };
}

/** Jupyter's tslab kernel, where this process is one. */
export const tslabDisplay = (): TslabDisplay | null => (globalThis as TslabGlobal).__tslab__?.require?.('tslab').display ?? null;

/** The colours that pictures and tables ask for; Jupyter and VS Code say themselves when they are dark. */
const style = `
.counterrank { ${cssVariables(lightPalette)} --paper: transparent; color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
[data-jp-theme-light=false] .counterrank, .vscode-dark .counterrank { ${cssVariables(darkPalette)} --paper: transparent; }
.counterrank .scroll { overflow-x: auto; }
.counterrank td small { display: block; color: var(--soft); }
.counterrank .soft { color: var(--soft); max-width: 80ch; }
.counterrank .pictures svg { display: block; width: 100%; height: auto; background: var(--card); border-radius: 6px; padding: 6px; }
${pictureColours}`;

export async function showInTslab(display: TslabDisplay, view: View): Promise<void> {
  display.html(`<div class="counterrank"><style>${style}</style>${await view.html()}</div>`);
}
