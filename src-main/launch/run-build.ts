import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Builds everything with electron-vite, in a process of its own. Resolves with whether that went well. */
export function runBuild(root: string): Promise<boolean> {
  const tool = findTool(root);
  if (tool === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tool, 'build', '--logLevel', 'error'], {
      cwd: root,
      // Standard output is for those who wait for the line that says the program is ready.
      stdio: ['ignore', process.stderr, process.stderr],
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

function findTool(root: string): string | null {
  try {
    const manifest = createRequire(path.join(root, 'package.json')).resolve(
      'electron-vite/package.json',
    );
    return path.join(path.dirname(manifest), 'bin', 'electron-vite.js');
  } catch {
    return null;
  }
}
