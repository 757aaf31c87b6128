import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Builds what the specs open. */
export default function buildOnce(): void {
  execFileSync(path.resolve('node_modules/.bin/electron-vite'), ['build', '--logLevel', 'warn'], {
    stdio: 'inherit',
  });
}
