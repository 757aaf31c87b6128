import { useCallback, useState } from 'react';
import type { ClipboardEvent, DragEvent } from 'react';
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
  /** For the element that files may be dropped on. */
  readonly dropping: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
};

/** What is beside a draft, and the three ways in which files get there. */
export function useAttachments(draftKey: DraftKey, lineId: LineId | null): Attaching {
  const screen = useScreen();
  const attachments = useStore(screen.attachments, (all) => attachmentsOf(all, draftKey));
  const [isOver, setOver] = useState(false);
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
    isOver,
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
    dropping: {
      onDragOver(event) {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event) {
        setOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        add([...event.dataTransfer.files]);
      },
    },
  };
}
