import { useCallback, useEffect, useState } from 'react';
import type { ClipboardEvent } from 'react';
import { useStore } from 'zustand';

import type { LineId } from '#shared/message/line.ts';

import { focusSoon } from '../screen/move-focus.ts';
import { useScreen } from '../screen/screen-context.ts';
import { attachmentsOf } from '../store/attachments-store.ts';
import type { Attachment } from '../store/attachments-store.ts';
import type { DraftKey } from '../store/drafts-store.ts';
import { attachFiles, removeAttachment } from './attach-files.ts';

export type Attaching = {
  readonly attachments: readonly Attachment[];
  /** Files are being held over the place to drop them. */
  readonly isOver: boolean;
  readonly add: (files: readonly File[]) => void;
  readonly remove: (attachment: Attachment) => void;
  readonly paste: (event: ClipboardEvent) => void;
};

/** What is beside a draft, and the three ways in which files get there. */
export function useAttachments(draftKey: DraftKey, lineId: LineId | null): Attaching {
  const screen = useScreen();
  const attachments = useStore(screen.attachments, (all) => attachmentsOf(all, draftKey));
  const add = useCallback(
    (files: readonly File[]): void => {
      if (files.length === 0 || lineId === null) return;
      void attachFiles(screen, { draftKey, lineId }, files);
      focusSoon('composer');
    },
    [screen, draftKey, lineId],
  );
  return {
    attachments,
    isOver: useDropping(add),
    add,
    remove(attachment) {
      removeAttachment(screen, draftKey, attachment);
      focusSoon('composer');
    },
    paste(event) {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    },
  };
}

/**
 * Files may be dropped anywhere on the page: beside the composer a browser would open them in the place of the page. True while
 * files are held over it.
 */
function useDropping(add: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!(event.dataTransfer?.types.includes('Files') ?? false)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [add]);
  return isOver;
}
