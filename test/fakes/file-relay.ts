import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import { makeDesktopKey, signMessage } from '#main/relay/desktop-end/desktop-key.ts';
import { MediaLinks } from '#main/relay/media-links/media-links.ts';
import { FileTaker } from '#main/relay/media-links/take-file.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { type UploadParts, uploadHeaders, uploadToSign } from '#shared/team/file-upload.ts';

import { ManualClock } from './manual-clock.ts';
import { RelayDesk } from './relay-desk.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What of an upload is otherwise than it should be. `signed` is what the signature covers, where that differs. */
export type Oddity = Partial<UploadParts> & {
  readonly bytes?: Uint8Array;
  readonly signature?: string;
  readonly signed?: Partial<UploadParts>;
  readonly leaveOut?: keyof typeof uploadHeaders;
  /** How a right signature is written. */
  readonly spell?: (signature: string) => string;
};

/** A relay that takes files of one paired desktop, for one connection `c1`, with a clock moved by hand. */
export class FileRelay {
  readonly clock = new ManualClock();
  readonly links: MediaLinks;
  readonly desktops: DesktopBook;
  readonly desktop: string;
  readonly #privateKey: string;
  #url = '';

  private constructor(folder: string, mostOctets: number | undefined) {
    const room = mostOctets === undefined ? {} : { mostOctets };
    this.links = new MediaLinks({ folder: path.join(folder, 'out'), clock: this.clock, ...room });
    this.desktops = new DesktopBook(path.join(folder, 'desktops.db'));
    onTestFinished(async () => {
      await this.links.close();
      this.desktops.close();
    });
    const { privateKey, publicKey } = makeDesktopKey();
    const { code } = this.desktops.makeCode(this.clock.now());
    const id = this.desktops.pair(code, { name: 'Dana', publicKey }, this.clock.now());
    this.desktop = id ?? '';
    this.#privateKey = privateKey;
  }

  static async start(mostOctets?: number): Promise<FileRelay> {
    const relay = new FileRelay(temporaryFolder(), mostOctets);
    const { clock, links, desktops } = relay;
    const addressFor = (id: string): string | null => (id === 'c1' ? relay.#url : null);
    const typeOf = (bytes: Uint8Array): string | null => (bytes[0] === 0x89 ? 'image/png' : null);
    const workspaces = [{ desktops, links, addressFor }];
    const taker = new FileTaker({ clock, workspaces, typeOf });
    const media = {
      links: () => [links],
      takeFile: (request: Parameters<FileTaker['take']>[0]) => taker.take(request),
    };
    relay.#url = (await RelayDesk.start({ clock, media })).relay.url;
    return relay;
  }

  /** Uploads a file as a desktop does, but for what is odd about it. */
  upload(bytes: Uint8Array, odd: Oddity = {}): Promise<Response> {
    const parts: UploadParts = {
      relay: this.desktops.relayId,
      desktop: this.desktop,
      connection: 'c1',
      time: String(this.clock.now()),
      nonce: randomBytes(16).toString('base64url'),
      digest: createHash('sha256').update(bytes).digest('base64url'),
      ...odd,
    };
    const signature =
      odd.signature ?? signMessage(this.#privateKey, uploadToSign({ ...parts, ...odd.signed }));
    const values = { ...parts, signature: odd.spell?.(signature) ?? signature };
    const names = Object.keys(uploadHeaders) as (keyof typeof uploadHeaders)[];
    const headers = names
      .filter((name) => name !== odd.leaveOut)
      .map((name): [string, string] => [uploadHeaders[name], values[name]]);
    const body = Uint8Array.from(odd.bytes ?? bytes);
    return fetch(`${this.#url}/media`, { method: 'POST', headers, body });
  }
}
