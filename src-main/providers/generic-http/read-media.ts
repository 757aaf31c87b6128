import type { RemoteMedia } from '#shared/provider/delivery.ts';

import type { TextRules } from './delivery-rules.ts';
import { findAll } from './reply/finder.ts';
import type { Path } from './reply/path.ts';
import type { Tree } from './reply/read-tree.ts';
import { unreadable } from './unreadable.ts';

const mostMedia = 50;
const longestUrl = 2_048;

/** The pictures of a text that came in. @throws UnreadableDelivery */
export function readMedia(rules: TextRules, tree: Tree): readonly RemoteMedia[] {
  const urls = allAt(tree, rules.media);
  const types = allAt(tree, rules.mediaTypes);
  if (urls === null || urls.length > mostMedia || !urls.every(isWebAddress))
    throw unreadable('inbound.media');
  const isPaired = types !== null && types.length === urls.length;
  return urls.map((url, index) => ({ url, type: isPaired ? (types[index] ?? null) : null }));
}

function allAt(tree: Tree, paths: readonly Path[]): readonly string[] | null {
  const found = paths.map((path) => findAll(tree, path));
  if (found.includes(null)) return null;
  return found
    .flatMap((each) => each ?? [])
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** Is this where something can be fetched from? */
export function isWebAddress(url: string): boolean {
  if (url.length > longestUrl || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
