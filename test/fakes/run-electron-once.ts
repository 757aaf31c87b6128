import { runElectron } from '#main/launch/run-electron.ts';

/** Runs a program as the launcher would, and prints how it ended: `node run-electron-once.ts MS PROGRAM WORD…`. */
const [ms = '', program = '', ...words] = process.argv.slice(2);
const end = await runElectron({ program, root: '/project', words, readyWithinMs: Number(ms) });
process.stdout.write(JSON.stringify(end));
