import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Every file of a folder with its mode and a digest of what is in it. */
export function folderContents(folder: string): string[] {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath, each.name))
    .map((file) => {
      const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
      return `${path.relative(folder, file)} ${statSync(file).mode.toString(8)} ${digest}`;
    })
    .toSorted();
}
