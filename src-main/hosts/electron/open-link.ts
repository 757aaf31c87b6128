import { log } from '#main/log/log.ts';

import type { ElectronParts } from './electron-parts.ts';
import { judgeLink } from './judge-link.ts';

const openButton = 0;
const cancelButton = 1;
/** Of a link, in characters: as much as a dialog shows. */
const shownLength = 300;

/**
 * Makes the one way by which a link leaves this program: judged, then confirmed by a person who is shown the real host. While
 * one question is open, further links are ignored, so that a page cannot wear a person down.
 */
export function createLinkOpener({
  dialog,
  shell,
}: Pick<ElectronParts, 'dialog' | 'shell'>): (raw: string) => Promise<void> {
  let isAsking = false;
  return async (raw) => {
    if (isAsking) return;
    isAsking = true;
    try {
      await open(raw);
    } catch {
      log('link.failed');
    } finally {
      isAsking = false;
    }
  };

  async function open(raw: string): Promise<void> {
    const link = judgeLink(raw);
    if (link.kind === 'refused') return tell(link.why);
    const { response } = await dialog.showMessageBox({
      type: 'question',
      title: 'Open link',
      message: `Open ${link.destination}?`,
      detail: shorten(link.address),
      buttons: ['Open', 'Cancel'],
      // A person who is typing when the question comes up must not answer it with Enter.
      defaultId: cancelButton,
      cancelId: cancelButton,
      noLink: true,
    });
    if (response === openButton) await shell.openExternal(link.address);
  }

  async function tell(why: string): Promise<void> {
    log('link.refused');
    await dialog.showMessageBox({
      type: 'warning',
      title: 'Link not opened',
      message: 'This link was not opened.',
      detail: why,
      buttons: ['OK'],
    });
  }
}

function shorten(address: string): string {
  return address.length <= shownLength ? address : `${address.slice(0, shownLength)}…`;
}
