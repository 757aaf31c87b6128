import { existsSync } from 'node:fs';
import path from 'node:path';

import { StartFailure } from '#main/core/core.ts';
import { RelayFailure } from '#main/relay/relay-failure.ts';
import { DesktopBook, type PairedDesktop } from '#main/relay/stream/desktop-book.ts';

import { dataFolderIn, readWords, type Words } from './read-words.ts';
import { WrongUse } from './wrong-use.ts';

const flags = { data: { type: 'string' }, json: { type: 'boolean' } } as const;

/** `pair --data DIR [--json]`: prints a code by which one desktop may join the team within a quarter of an hour. */
export async function pair(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, flags);
  if (words.positionals.length > 0)
    throw new WrongUse('pair takes no words but its flags: pair --data DIR [--json].');
  return withDesktops(words, (desktops) => {
    const { code, expiresAt } = desktops.makeCode(Date.now());
    const until = new Date(expiresAt).toISOString();
    if (isJson(words)) return `${JSON.stringify({ code, expiresAt: until })}\n`;
    return `${code}\nGood for one desktop, until ${until}.\n`;
  });
}

/** `desktops --data DIR [--json]`: every desktop that was paired, without keys. */
export async function listDesktops(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, flags);
  if (words.positionals.length > 0)
    throw new WrongUse('desktops takes no words but its flags: desktops --data DIR [--json].');
  return withDesktops(words, (desktops) => {
    const all = desktops.list().map(toView);
    return isJson(words) ? `${JSON.stringify(all)}\n` : all.map(asLine).join('');
  });
}

/** `revoke DESKTOP --data DIR`: lets a desktop in no more; a running relay closes its connection within a second or two. */
export async function revoke(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, flags);
  const [id, ...more] = words.positionals;
  if (id === undefined || more.length > 0)
    throw new WrongUse('Name one desktop by its id: revoke DESKTOP --data DIR.');
  return withDesktops(words, (desktops) => {
    const known = desktops.find(id);
    if (known === null)
      throw new StartFailure(`There is no desktop ${id} here: desktops --data DIR lists them.`);
    if (!desktops.revoke(id, Date.now()))
      throw new StartFailure(`The desktop ${id} was taken off the list before.`);
    return isJson(words)
      ? `${JSON.stringify({ id, name: known.name })}\n`
      : `${known.name} is off the list. It keeps what it has: change the carriers' credentials if it is lost.\n`;
  });
}

/** Opens the list of desktops, whether the relay is running or not, and prints what comes of a deed. */
function withDesktops(words: Words, deed: (desktops: DesktopBook) => string): number {
  const folder = dataFolderIn(words);
  if (!existsSync(path.join(folder, 'history.db')))
    throw new StartFailure(
      `${folder} is no workspace of a relay: start the relay on it first, or name another with --data.`,
    );
  const desktops = open(path.join(folder, 'desktops.db'));
  try {
    process.stdout.write(deed(desktops));
    return 0;
  } finally {
    desktops.close();
  }
}

function open(file: string): DesktopBook {
  process.umask(0o077);
  try {
    return new DesktopBook(file);
  } catch (error) {
    throw error instanceof RelayFailure ? new StartFailure(error.message) : error;
  }
}

type DesktopView = {
  readonly id: string;
  readonly name: string;
  /** ISO 8601, as all times here; null where it has not come. */
  readonly pairedAt: string | null;
  readonly seenAt: string | null;
  readonly revokedAt: string | null;
  readonly acknowledged: number;
};

function toView(desktop: PairedDesktop): DesktopView {
  const { id, name, pairedAt, seenAt, revokedAt, acknowledgedSeq } = desktop;
  return {
    id,
    name,
    pairedAt: asTime(pairedAt),
    seenAt: asTime(seenAt),
    revokedAt: asTime(revokedAt),
    acknowledged: acknowledgedSeq,
  };
}

function asTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function asLine({ id, name, seenAt, revokedAt, acknowledged }: DesktopView): string {
  const seen = seenAt === null ? 'never connected' : `seen ${seenAt}, at ${acknowledged}`;
  return `${id}  ${name}  ${revokedAt === null ? seen : `revoked ${revokedAt}`}\n`;
}

function isJson({ values }: Words): boolean {
  return values['json'] === true;
}
