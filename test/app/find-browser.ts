import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export type Browser =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly why: string };

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

/**
 * A Chromium for the browser specs: the one `TRUNKLINE_TEST_BROWSER` names, else one that is installed, else Debian's
 * package where this is Debian and we are root, else Playwright's own download.
 */
export function findBrowser(): Browser {
  const path = installed() ?? fromDebian() ?? fromPlaywright();
  if (path !== null) return { found: true, path };
  return {
    found: false,
    why: 'No Chromium was found and none could be installed: install Chromium or Google Chrome.',
  };
}

function installed(): string | null {
  const named = process.env['TRUNKLINE_TEST_BROWSER'];
  if (named !== undefined && existsSync(named)) return named;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...candidates, ...elsewhere].find((file) => existsSync(file)) ?? null;
}

function fromDebian(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args: string[]): boolean =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  return run('update', '-qq') && run('install', '-y', '-qq', 'chromium') ? installed() : null;
}

function fromPlaywright(): string | null {
  const bin = path.resolve('node_modules/.bin/playwright');
  if (spawnSync(bin, ['install', 'chromium'], { stdio: 'inherit', timeout: 300_000 }).status !== 0)
    return null;
  const ask =
    "import { chromium } from '@playwright/test'; process.stdout.write(chromium.executablePath())";
  const file = execFileSync(process.execPath, ['--input-type=module', '-e', ask], {
    encoding: 'utf8',
  });
  return existsSync(file) ? file : null;
}
