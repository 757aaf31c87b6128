import type { PageMessage } from './electron-parts.ts';
import { isOurPage } from './pages.ts';

/**
 * Was this message sent by the page of a window we made: from its main frame, which is still there, and on our own address?
 * Must be asked at once, as the frame is gone after the next navigation.
 */
export function isTrusted(
  message: PageMessage,
  isOurWindow: (contentsId: number) => boolean,
): boolean {
  try {
    const frame = message.senderFrame;
    return (
      frame !== null &&
      isOurWindow(message.sender.id) &&
      !frame.detached &&
      frame.parent === null &&
      // The id of the node in the frame tree: two wrappers of one frame need not be the same object.
      frame.frameTreeNodeId === message.sender.mainFrame.frameTreeNodeId &&
      isOurPage(frame.url)
    );
  } catch {
    // A frame that was destroyed meanwhile throws whatever it is asked.
    return false;
  }
}
