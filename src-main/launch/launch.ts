import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildIfStale } from './build-if-stale.ts';
import { chooseScreen, type Choice, type LaunchFacts } from './choose-screen.ts';
import { fetchElectron } from './fetch-electron.ts';
import { findElectron } from './find-electron.ts';
import { judgeEnd } from './judge-end.ts';
import { runBuild } from './run-build.ts';
import { runElectron } from './run-electron.ts';

const root = path.resolve(import.meta.dirname, '../..');
const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * What `npm start` does: builds where that is needed, then starts the program in a window where there can be one, else in the
 * browser, saying why.
 * @param words the words after the program's name, passed on as they are
 */
export async function launch(words: readonly string[]): Promise<void> {
  if (!(await buildIfStale({ root, build: () => runBuild(root), say }))) {
    say('Trunkline could not be built: run `npm install`, then `npm run build` to see why.');
    process.exitCode = 1;
    return;
  }
  const choice = await choose(words);
  if (choice.kind === 'window') await startInWindow(choice.program, words);
  else await startServed(choice.why);
}

async function choose(words: readonly string[]): Promise<Exclude<Choice, { kind: 'fetch' }>> {
  const facts: LaunchFacts = {
    words,
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    electron: findElectron(),
  };
  const first = chooseScreen(facts);
  if (first.kind !== 'fetch') return first;
  say("Downloading Electron's program…");
  await fetchElectron();
  const found = findElectron();
  const electron = found.kind === 'found' ? found : ({ kind: 'unfetchable' } as const);
  const second = chooseScreen({ ...facts, electron });
  if (second.kind === 'fetch') throw new Error('What could not be fetched is not fetched again');
  return second;
}

async function startInWindow(program: string, words: readonly string[]): Promise<void> {
  const end = judgeEnd(await runElectron({ program, root, words }));
  if (end.kind === 'over') process.exitCode = end.code;
  else await startServed(end.why);
}

/** In this very process: one less to wait for, and signals arrive where they are meant for. */
async function startServed(why: string | null): Promise<void> {
  if (why !== null) say(`Starting in the browser instead of a window: ${why}`);
  await import(pathToFileURL(path.join(root, 'out', 'main', 'served.js')).href);
}
