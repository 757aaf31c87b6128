/**
 * The words meant for this program. The launcher puts them after `--`, which keeps Chromium from taking any of them for its
 * own; without it they follow the program, and in a source tree the path of the tree.
 */
export function wordsAfterProgram(argv: readonly string[], isPackaged: boolean): string[] {
  const mark = argv.indexOf('--');
  if (mark !== -1) return argv.slice(mark + 1);
  return argv.slice(isPackaged ? 1 : 2);
}
