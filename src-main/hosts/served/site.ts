import type { StoredMedia } from '#main/core/core.ts';
import type { PageFiles } from '#main/core/page-files.ts';

import type { Sessions } from './sessions.ts';

/** What requests are answered from. */
export type Site = {
  /** The one `Host` that is ours, such as `127.0.0.1:4417`. */
  readonly authority: string;
  readonly port: number;
  readonly files: PageFiles;
  readonly sessions: Sessions;
  readonly readMedia: (id: string) => StoredMedia | null;
};
