import type { FoundElectron } from './find-electron.ts';

/** Everything the choice depends on. */
export type LaunchFacts = {
  /** The words after the program's name. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** `unfetchable`: it was tried to get it, in vain. */
  readonly electron: FoundElectron | { readonly kind: 'unfetchable' };
};

export type Choice =
  | { readonly kind: 'window'; readonly program: string }
  /** Electron's program is to be got first; then the choice is made anew. */
  | { readonly kind: 'fetch' }
  /** `why` completes "Starting in the browser instead of a window: "; null where nobody expects a window. */
  | { readonly kind: 'served'; readonly why: string | null };

/** Chooses between the window and the browser. */
export function chooseScreen(facts: LaunchFacts): Choice {
  if (wantsServed(facts)) return { kind: 'served', why: null };
  const obstacle = findObstacle(facts);
  if (obstacle !== null) return { kind: 'served', why: obstacle };
  switch (facts.electron.kind) {
    case 'found':
      return { kind: 'window', program: facts.electron.program };
    case 'missing':
      return { kind: 'fetch' };
    case 'unfetchable':
      return {
        kind: 'served',
        why: "Electron's program is not installed and could not be downloaded; `npx install-electron` tries again.",
      };
  }
}

/** Help is text for the terminal, and the served program writes it. */
function wantsServed({ words, env }: LaunchFacts): boolean {
  if (words.includes('--help') || words.includes('-h')) return true;
  const flag = words.findLast((word) => word === '--serve' || word.startsWith('--serve='));
  return isOn(flag === undefined ? env['TRUNKLINE_SERVE'] : (flag.split('=')[1] ?? 'true'));
}

/** As the program itself reads a switch. */
function isOn(written: string | undefined): boolean {
  return written === 'true' || written === '1';
}

function findObstacle({ env, platform, isRoot }: LaunchFacts): string | null {
  if (platform === 'darwin' || platform === 'win32') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'no display was found.';
  if (isRoot) return 'Electron does not run as root, because its sandbox would be off.';
  return null;
}
