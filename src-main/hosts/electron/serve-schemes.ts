import type { Core } from '#main/core/core.ts';
import type { PageFiles } from '#main/core/page-files.ts';

import { answerMedia } from './answer-media.ts';
import { answerPage } from './answer-page.ts';
import type { SessionPart } from './electron-parts.ts';
import { mediaScheme, pageScheme } from './pages.ts';

/** Serves the screen and stored media to a session, and refuses it the file system. To be called once for a session. */
export function serveSchemes(
  { protocol }: SessionPart,
  files: PageFiles,
  core: Pick<Core, 'readMedia'>,
): void {
  protocol.handle(pageScheme, (request) => answerPage(files, request));
  protocol.handle(mediaScheme, (request) => answerMedia((id) => core.readMedia(id), request));
  protocol.handle('file', () => new Response(null, { status: 403 }));
}
