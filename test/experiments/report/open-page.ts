import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/** Debian's chromium, or the one that CHROMIUM names; null where there is none. */
export const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path !== undefined && existsSync(path)) ?? null;

/** A test in a browser; where none is installed it is skipped, and says what to install. */
export const testInBrowser =
  chromiumPath === null
    ? (name: string, _check: () => void) => test.skip(`${name} (no browser here: install Debian's chromium)`, () => {})
    : test;

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath as string, args: quiet });

/** What a reader's browser makes of a page file. */
export interface OpenedPage {
  readonly messages: readonly string[]; // of the console, and errors
  readonly requests: readonly string[]; // beside the file itself
  readonly pageWidth: number; //           of what could be scrolled to
  readonly pictures: readonly { readonly width: number; readonly height: number; readonly marks: number; readonly overflow: number }[];
  readonly tables: readonly {
    readonly box: number;
    readonly width: number;
    readonly columns: number;
    readonly ragged: number;
    readonly hiddenWords: number;
  }[];
  readonly background: string;
  readonly text: string; //                 colour of it
}

type Measured = Pick<OpenedPage, 'pageWidth' | 'pictures' | 'tables' | 'background' | 'text'>;
const measurePage = readFileSync(new URL('measure-page.js', import.meta.url), 'utf8');

/** Opens the page in a colour scheme and looks at it at each width; everything folded is unfolded first. */
export async function openPage(
  browser: Browser,
  file: string,
  widths: readonly number[],
  colorScheme: 'light' | 'dark',
): Promise<OpenedPage[]> {
  const context = await browser.newContext({ colorScheme });
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const messages: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  await page.goto(address);
  const seen = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    seen.push({ messages, requests, ...((await page.evaluate(measurePage)) as Measured) });
  }
  await context.close();
  return seen;
}
