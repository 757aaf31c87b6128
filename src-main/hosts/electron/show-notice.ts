import type { Notice } from '#main/core/host-services.ts';

import type { ElectronParts, NoticePart } from './electron-parts.ts';

/** Characters. */
const maxTitle = 80;
const maxBody = 240;

/** Controls, line breaks included, and the invisible characters that turn or hide text. */
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** Makes the way to show a notice: one at a time for each thread, plain text, a click brings the window forward. */
export function createNotifier(
  { Notification }: Pick<ElectronParts, 'Notification'>,
  onClick: (threadId: number) => void,
): (notice: Notice) => void {
  // Also keeps them from being collected as garbage, which would make a click do nothing.
  const shown = new Map<number, NoticePart>();
  return ({ title, body, threadId }) => {
    if (!Notification.isSupported()) return;
    shown.get(threadId)?.close();
    const notice = new Notification({ title: plain(title, maxTitle), body: plain(body, maxBody) });
    shown.set(threadId, notice);
    const forget = () => {
      if (shown.get(threadId) === notice) shown.delete(threadId);
    };
    notice.on('click', () => {
      forget();
      onClick(threadId);
    });
    notice.on('close', forget);
    notice.show();
  };
}

/** Some desktops read a notice as markup, so the brackets that make it are turned into others that look alike. */
function plain(text: string, atMost: number): string {
  const seen = text.replace(unseen, ' ').replaceAll('<', '‹').replaceAll('>', '›').trim();
  const letters = Array.from(seen.toWellFormed());
  return letters.length <= atMost ? letters.join('') : `${letters.slice(0, atMost - 1).join('')}…`;
}
