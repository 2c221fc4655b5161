import { barPicture, rankPicture, reading, sessionsPicture } from './drawing.ts';
import { type PlaySettings, playStudy, positions } from './play-study.ts';

/** What runs in the page of the playground: sliders in, pictures out. */

const $ = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const controls = ['users', 'strength', 'sessions', 'noise', 'production'] as const;
let seed = 1;

/** Sliders of sessions and production are of exponents. */
function settings(): PlaySettings {
  const value = (id: (typeof controls)[number]) => $<HTMLInputElement>(id).value;
  return {
    users: value('users') as PlaySettings['users'],
    strength: Number(value('strength')),
    sessions: Math.round(10 ** Number(value('sessions'))),
    noise: Number(value('noise')),
    production: 10 ** Number(value('production')),
    seed,
  };
}

function tellValues({ strength, sessions, noise, production }: PlaySettings): void {
  const tell = (id: string, words: string) => {
    $(`${id}-value`).textContent = words;
  };
  tell('strength', strength.toFixed(1));
  tell('sessions', sessions.toLocaleString('en'));
  tell('noise', noise.toFixed(2));
  tell('production', `${(100 * production).toPrecision(2)} %`);
}

const references = ['production', 'skyline'];

function show(): void {
  const chosen = settings();
  tellValues(chosen);
  const start = performance.now();
  const { sessions, clicks, clickThrough, examination, estimated, ndcg } = playStudy(chosen);
  const taken = performance.now() - start;
  const lines = [
    { name: 'click-through rate over that of rank 1', style: 'clicks', values: clickThrough.map((rate) => rate / clickThrough[0]) },
    { name: 'true propensity', style: 'truth', values: examination },
    { name: 'by all-pairs', style: 'pairs', values: estimated['ips, all-pairs'] ?? [] },
    { name: 'by dual learning', style: 'dual', values: estimated['dual-learning'] ?? [] },
  ];
  $('sessions-picture').innerHTML = sessionsPicture(sessions, positions);
  $('rank-picture').innerHTML = rankPicture(lines, positions);
  $('bar-picture').innerHTML = barPicture(
    Object.entries(ndcg).map(([name, value]) => ({ name, value, reference: references.includes(name) })),
  );
  $('reading').textContent = reading(clicks, chosen.sessions, ndcg);
  $('taken').textContent = `Simulated, learnt and measured in this page in ${Math.round(taken)} ms.`;
  document.body.dataset.settings = JSON.stringify(chosen); // of what is shown
}

let waiting = 0;
/** After a pause of the hand: a study takes longer than a frame. */
function soon(): void {
  tellValues(settings());
  clearTimeout(waiting);
  waiting = window.setTimeout(show, 60);
}

for (const id of controls) $(id).addEventListener('input', soon);
$('again').addEventListener('click', () => {
  seed++;
  show();
});
show();
