import { memo, useRef } from 'react';
import type { KeyboardEvent, ReactElement, RefObject } from 'react';

import type { CommandInput } from '#shared/contract/contract.ts';
import type { LineId } from '#shared/message/line.ts';
import { replaceCulprits } from '#shared/text/replace-culprits.ts';

import { keysForAria, shownKeys } from '../controls/shown-keys.ts';
import { Tip } from '../controls/Tip.tsx';
import type { DraftKey } from '../store/drafts-store.ts';
import { inWords } from '../store/failure-of.ts';
import { TemplatePicker } from '../templates/TemplatePicker.tsx';
import { AttachButton } from './AttachButton.tsx';
import { AttachmentList } from './AttachmentList.tsx';

import './composer.css';
import { CulpritMirror } from './CulpritMirror.tsx';
import { mediaWords } from './media-words.ts';
import { counterTone, counterWords } from './segment-words.ts';
import { typeInto } from './type-into.ts';
import { useComposer } from './use-composer.ts';
import type { Composing } from './use-composer.ts';
import { useVerdict } from './use-verdict.ts';
import { VerdictLine } from './VerdictLine.tsx';

type Props = {
  readonly draftKey: DraftKey;
  /** The line it is to go over; null where there is none. */
  readonly lineId: LineId | null;
  /** What stands in the way of sending besides the text itself. */
  readonly blocked: string | null;
  /** Where it is to go, for the gate to judge; null where that is not known yet. */
  readonly target: CommandInput<'message.judge'>['target'] | null;
  readonly onSend: () => void;
  /** What stands beside Send, given why nothing can be sent. */
  readonly beside?: ((reason: string | null) => ReactElement) | undefined;
};

const fixKey = 'Mod+Shift+1';

/** Where a text is written: the box, the flight check under it, the counter, and the one button. */
export const Composer = memo(function Composer(props: Props): ReactElement {
  const { onSend, draftKey } = props;
  const { judged, refusal } = useVerdict(draftKey, props.target);
  const composing = useComposer({
    ...props,
    blocked: props.blocked ?? refusal,
    behind: judged?.behind,
  });
  const box = useRef<HTMLTextAreaElement>(null);
  const { draft, reason, attaching } = composing;
  const send = (): void => {
    if (reason === null) onSend();
  };
  return (
    <form
      className={attaching.isOver ? 'composer drop-here' : 'composer'}
      aria-label="Write"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <AttachmentList attachments={attaching.attachments} onRemove={attaching.remove} />
      <TemplatePicker composing={composing} box={box} draftKey={draftKey} />
      <Box composing={composing} box={box} onSend={send} />
      {draft?.failure ? (
        <p className="composer-failure" role="alert">
          {inWords(draft.failure)}
        </p>
      ) : null}
      <FlightLine composing={composing} box={box} />
      <VerdictLine draftKey={draftKey} judged={judged} />
      {judged?.behind === undefined ? null : (
        <p className="composer-behind">First text will include: “{judged.behind}”</p>
      )}
      <Foot composing={composing} beside={props.beside} />
    </form>
  );
});

type PartProps = {
  readonly composing: Composing;
  readonly box: RefObject<HTMLTextAreaElement | null>;
};

function Box({
  composing,
  box,
  onSend,
}: PartProps & { readonly onSend: () => void }): ReactElement {
  const { text, analysis, flight, write, attaching } = composing;
  const hear = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // 229: an input method is still composing, though some browsers do not say so.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      onSend();
    }
    if (isFixKey(event) && flight?.fix) {
      event.preventDefault();
      fix(event.currentTarget, composing);
    }
  };
  return (
    <div className="box">
      <div className="box-grow">
        <CulpritMirror text={text} culprits={analysis.culprits} />
        <textarea
          ref={box}
          aria-label="Message"
          placeholder="Message"
          data-focus="composer"
          dir="auto"
          rows={1}
          value={text}
          onChange={({ target }) => write(target.value)}
          onKeyDown={hear}
          onPaste={attaching.paste}
        />
      </div>
    </div>
  );
}

const isFixKey = ({ ctrlKey, metaKey, shiftKey, altKey, code }: KeyboardEvent): boolean =>
  (ctrlKey || metaKey) && shiftKey && !altKey && code === 'Digit1';

/** Puts the plain look-alikes in, leaving the caret at the same words. */
function fix(box: HTMLTextAreaElement, { text, write }: Composing): void {
  const plain = replaceCulprits(text);
  const caret = replaceCulprits(text.slice(0, box.selectionStart)).length;
  if (typeInto(box, plain)) box.setSelectionRange(caret, caret);
  else write(plain);
}

function FlightLine({ composing, box }: PartProps): ReactElement | null {
  const { flight, analysis, attaching } = composing;
  if (flight === null) return null;
  const tone = attaching.attachments.length === 0 ? counterTone(analysis) : 'calm';
  return (
    <div className={`flight flight-${tone}`}>
      <span>{flight.words}</span>
      {flight.fix === null ? null : (
        <button
          type="button"
          aria-keyshortcuts={keysForAria(fixKey)}
          onClick={() => {
            if (box.current === null) return;
            fix(box.current, composing);
            box.current.focus();
          }}
        >
          {flight.fix.words} <kbd>{shownKeys(fixKey)}</kbd>
        </button>
      )}
    </div>
  );
}

function Foot({
  composing,
  beside,
}: Pick<PartProps, 'composing'> & Pick<Props, 'beside'>): ReactElement {
  const { analysis, reason, attaching } = composing;
  const mms = mediaWords(attaching.attachments);
  return (
    <div className="composer-foot">
      <AttachButton onChoose={attaching.add} />
      <span className="why-not" id="why-not-send">
        {reason}
      </span>
      {/* The words change with every key, so they are not spoken from here. */}
      <div
        role="status"
        aria-label="Segments"
        aria-live="off"
        className={`segments segments-${mms === null ? counterTone(analysis) : 'calm'}`}
      >
        {mms ?? counterWords(analysis)}
      </div>
      {beside?.(reason)}
      <Tip words="Enter sends, Shift Enter makes a new line">
        <button
          type="submit"
          className="button"
          aria-disabled={reason !== null}
          aria-describedby="why-not-send"
        >
          Send
        </button>
      </Tip>
    </div>
  );
}
