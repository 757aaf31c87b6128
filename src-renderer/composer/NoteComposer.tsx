import type { KeyboardEvent, ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionState } from '#shared/contract/call-host.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import { inDigits } from '../controls/tell-amount.ts';
import { Tip } from '../controls/Tip.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import type { NoteDraft } from '../store/notes-store.ts';
import { addNote, longestNote, writeNote } from '../store/write-note.ts';
import { useIsShared } from '../team/use-is-shared.ts';

import './composer.css';
import { connectionWords } from './why-not-send.ts';

type Props = { readonly threadId: ThreadId };

/** Where a note is written: it looks otherwise than a text, and is kept apart from it. */
export function NoteComposer({ threadId }: Props): ReactElement {
  const screen = useScreen();
  const note = useStore(screen.notes, ({ byThread }) => byThread.get(threadId));
  const connection = useStore(screen.connection, ({ state }) => state);
  const lineId = useStore(screen.threads, ({ index }) => index.get(threadId)?.lineId);
  const isShared = useIsShared(lineId);
  const reason = whyNotAdd(note, connection);
  const add = (): void => {
    if (reason === null) void addNote(screen, threadId);
  };
  return (
    <form
      className="composer noting"
      aria-label="Write a note"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <NoteBox
        text={note?.text ?? ''}
        isShared={isShared}
        onWrite={(text) => writeNote(screen, threadId, text)}
        onAdd={add}
      />
      {note?.failure ? (
        <p className="composer-failure" role="alert">
          {inWords(note.failure)}
        </p>
      ) : null}
      <div className="composer-foot">
        <span className="why-not" id="why-not-add">
          {reason}
        </span>
        <Tip words="Enter adds it, Shift Enter makes a new line">
          <button
            type="submit"
            className="button note-button"
            aria-disabled={reason !== null}
            aria-describedby="why-not-add"
          >
            Add note
          </button>
        </Tip>
      </div>
    </form>
  );
}

type BoxProps = {
  readonly text: string;
  /** The team sees it too. */
  readonly isShared: boolean;
  readonly onWrite: (text: string) => void;
  readonly onAdd: () => void;
};

function NoteBox({ text, isShared, onWrite, onAdd }: BoxProps): ReactElement {
  const hear = (event: KeyboardEvent): void => {
    // 229: an input method is still composing, though some browsers do not say so.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    onAdd();
  };
  return (
    <div className="box">
      <div className="box-grow">
        {/* Gives the box its height; the last line needs a character to be counted. */}
        <div className="mirror" aria-hidden>
          {`${text}\u200b`}
        </div>
        <textarea
          aria-label="Note"
          placeholder={`${isShared ? 'Note for the team' : 'Note'} – not sent to the customer`}
          data-focus="composer"
          dir="auto"
          rows={1}
          value={text}
          onChange={({ target }) => onWrite(target.value)}
          onKeyDown={hear}
        />
      </div>
    </div>
  );
}

/** Why the note cannot be added now, in words that stand beside the button; null where it can. */
function whyNotAdd(note: NoteDraft | undefined, connection: ConnectionState): string | null {
  if (connection !== 'connected') return connectionWords[connection];
  if (note === undefined || note.text.trim() === '') return 'Nothing written yet';
  if (note.phase === 'on-its-way') return 'On its way…';
  if (note.text.length <= longestNote) return null;
  return `Too long: ${inDigits(longestNote)} characters at most, this has ${inDigits(note.text.length)}`;
}
