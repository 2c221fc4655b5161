import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundledProgram } from './built-program.ts';

/** A config whose runs take some hundredths of a second. */
export const tinyConfig = `name: tiny
data: {synthetic: {trainQueries: 10, validationQueries: 5, testQueries: 6, features: 3}}
simulation: {sessions: 1000, validationSessions: 300}
training: {steps: 10}
evaluation: {searchSessions: null, metrics: [ndcg@5]}
estimators: [naive, ips]
`;

export const mainFile = (): string => resolve(bundledProgram(), 'experiments/main.js');

/** The command line in a process of its own, which leads a process group. */
export function startProgram(words: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [mainFile(), ...words], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Once the process has ended and its output is read. */
export function ended(child: ChildProcess): Promise<Ended> {
  const text = { out: '', err: '' };
  child.stdout?.on('data', (part) => {
    text.out += String(part);
  });
  child.stderr?.on('data', (part) => {
    text.err += String(part);
  });
  return new Promise((done) => child.on('close', (code) => done({ code, ...text })));
}

export const runProgram = (words: readonly string[], env: Record<string, string> = {}): Promise<Ended> => ended(startProgram(words, env));

/** Every file below a folder and its content; times, machines and the like, which status.json has, left out. */
export function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => !name.endsWith('status.json') && statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}
