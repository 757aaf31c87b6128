import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { systemClock } from '#main/log/system-clock.ts';
import { addLink, openLinkBook } from '#main/relay/media-links/link-book.ts';
import { digestOf, newToken, pathOfLink } from '#main/relay/media-links/link-path.ts';
import { MediaLinks } from '#main/relay/media-links/media-links.ts';

/* Makes links until it is killed, and tells its parent of each as it would tell a carrier. The control tells of a link before it
   keeps it. */
const [, , folder = '', how = ''] = process.argv;
const links = new MediaLinks({ folder, clock: systemClock });
const tell = (link: string, bytes: Buffer): void => {
  process.send?.({ link, sha256: createHash('sha256').update(bytes).digest('hex') });
};

async function makeOne(bytes: Buffer): Promise<void> {
  tell((await links.make(bytes, 'image/png')).path, bytes);
}

async function tellFirst(bytes: Buffer): Promise<void> {
  const token = newToken();
  tell(pathOfLink(token, 'image/png'), bytes);
  await new Promise((resolve) => setImmediate(resolve));
  const file = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(path.join(folder, file), bytes);
  const expiresAt = Date.now() + 60_000;
  const size = bytes.length;
  addLink(book, { digest: digestOf(token), file, type: 'image/png', size, expiresAt });
}

await makeOne(Buffer.from(`first ${process.pid}`));
const book = openLinkBook(path.join(folder, 'links.db'));
for (let at = 0; ; at += 1) {
  const bytes = Buffer.alloc(20_000, `${process.pid} ${at} `);
  await (how === 'tells first' ? tellFirst(bytes) : makeOne(bytes));
}
