import path from 'node:path';

/** What deciding about a folder needs to know of the machine. */
export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's own folder. */
  readonly home: string;
  /** What relative paths are relative to. */
  readonly cwd: string;
};

/** Where the system wants programs to keep their data. */
export function usualDataFolder({ platform, env, home }: Machine): string {
  switch (platform) {
    case 'win32':
      return path.win32.join(
        env['APPDATA'] || path.win32.join(home, 'AppData', 'Roaming'),
        'Trunkline',
      );
    case 'darwin':
      return path.posix.join(home, 'Library', 'Application Support', 'Trunkline');
    default:
      return path.posix.join(xdgDataHome(env, home), 'trunkline');
  }
}

/** The XDG specification wants a relative path to be ignored. */
function xdgDataHome(env: Machine['env'], home: string): string {
  const set = env['XDG_DATA_HOME'] ?? '';
  return path.posix.isAbsolute(set) ? set : path.posix.join(home, '.local', 'share');
}

/** A path as a person writes it, made absolute. */
export function resolveFolder({ platform, cwd }: Machine, written: string): string {
  return platform === 'win32' ? path.win32.resolve(cwd, written) : path.posix.resolve(cwd, written);
}
