import { spawn } from 'node:child_process';

type Opener = { readonly command: string; readonly args: readonly string[] };

/**
 * Opens an address in the person's browser. It stands on a command line for a moment, which other accounts of the machine can
 * read, so it should be good for one use only.
 * @param onFailure called once where no browser could be opened
 */
export function openBrowser(url: string, onFailure: () => void): void {
  const opener = openerFor(process.platform, process.env, url);
  if (opener === null) return onFailure();
  const child = spawn(opener.command, opener.args, { stdio: 'ignore', detached: true });
  child.once('error', onFailure);
  child.once('exit', (code) => {
    if (code !== 0) onFailure();
  });
  child.unref();
}

/** Null where there is no desktop to open a browser on. */
export function openerFor(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  url: string,
): Opener | null {
  switch (platform) {
    case 'win32':
      return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
    case 'darwin':
      return { command: 'open', args: [url] };
    default:
      // Without a desktop xdg-open would start a browser in the very terminal this program runs in.
      return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? { command: 'xdg-open', args: [url] } : null;
  }
}
