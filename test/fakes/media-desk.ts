import path from 'node:path';

import { onTestFinished } from 'vitest';

import { MediaLinks, type MediaLinksParts } from '#main/relay/media-links/media-links.ts';
import type { RelayOptions } from '#main/relay/start-relay.ts';
import { png } from '#test/fixtures/media-bytes.ts';

import { ManualClock } from './manual-clock.ts';
import { RelayDesk } from './relay-desk.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A picture of 21,000 octets and some, whose every octet differs from its neighbour's. */
export const picture: Buffer = Buffer.concat([
  png(20, 20),
  Buffer.from(Array.from({ length: 20_925 }, (_, at) => at % 251)),
]);

/** A relay that hands out files to who has a link, with a clock moved by hand. */
export class MediaDesk {
  readonly clock: ManualClock;
  readonly folder: string;
  readonly links: MediaLinks;
  readonly desk: RelayDesk;

  private constructor(parts: Pick<MediaDesk, 'clock' | 'folder' | 'links' | 'desk'>) {
    this.clock = parts.clock;
    this.folder = parts.folder;
    this.links = parts.links;
    this.desk = parts.desk;
  }

  static async start(
    given: Partial<MediaLinksParts> & { readonly relay?: Partial<RelayOptions> } = {},
  ): Promise<MediaDesk> {
    const clock = new ManualClock();
    const folder = given.folder ?? path.join(temporaryFolder(), 'outbound-media');
    const links = new MediaLinks({ clock, ...given, folder });
    onTestFinished(() => links.close());
    const media = { links: () => [links], takeFile: null };
    const desk = await RelayDesk.start({ clock, media, ...given.relay });
    return new MediaDesk({ clock, folder, links, desk });
  }

  /** A link to the picture, as a whole address. */
  async link(bytes: Uint8Array = picture, type = 'image/png'): Promise<string> {
    return this.desk.relay.url + (await this.links.make(bytes, type)).path;
  }
}
