import { useCallback, useId, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Line, LineId } from '#shared/message/line.ts';
import { type NumberReading, readNumber } from '#shared/phone/read-number.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import { Composer } from '../composer/Composer.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { closePane } from '../store/go-to.ts';
import { sendNew } from '../store/send-new.ts';
import { BackButton } from '../thread/ThreadHeader.tsx';
import { LineOptions } from './LineOptions.tsx';
import { numberWords } from './number-words.ts';

import './new-message.css';

/** A message to a number that need not have a conversation yet. */
export function NewMessage(): ReactElement {
  const screen = useScreen();
  const lines = useStore(screen.overview, (overview) => overview.lines);
  const filtered = useStore(screen.threads, ({ list }) => list.lineId);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<LineId | null>(filtered);
  const line = lines.find(({ id }) => id === chosen) ?? lines[0];
  const reading = readNumber(typed);
  const lineId = line?.id ?? null;
  const send = useCallback(
    () => (lineId === null ? undefined : void sendNew(screen, typed, lineId)),
    [screen, typed, lineId],
  );
  const to = addressOf(reading);
  const target = useMemo(
    () => (lineId === null || to === null ? null : { lineId, to }),
    [lineId, to],
  );
  const refusal = reading.kind === 'impossible' ? reading.reason : null;
  return (
    <>
      <header className="top">
        <BackButton onBack={() => closePane(screen)} />
        <div className="who">
          <h1>New message</h1>
        </div>
        <button type="button" className="ghost" onClick={() => closePane(screen)}>
          Cancel
        </button>
      </header>
      <div className="new-message">
        <ToField typed={typed} onType={setTyped} />
        <FromField lines={lines} chosen={line} onChoose={setChosen} />
      </div>
      <Composer
        draftKey="new"
        lineId={lineId}
        blocked={line === undefined ? 'There is no line to text from' : refusal}
        target={target}
        onSend={send}
      />
    </>
  );
}

function addressOf(reading: NumberReading): string | null {
  if (reading.kind === 'impossible') return null;
  return reading.kind === 'number' ? reading.e164 : reading.digits;
}

type ToProps = { readonly typed: string; readonly onType: (typed: string) => void };

function ToField({ typed, onType }: ToProps): ReactElement {
  const field = useId();
  const check = useId();
  const { tone, words } = numberWords(typed);
  return (
    <div className="field">
      <label htmlFor={field}>To</label>
      <input
        id={field}
        type="text"
        inputMode="tel"
        autoComplete="off"
        spellCheck={false}
        data-focus="to"
        placeholder="(206) 555-0142"
        value={typed}
        aria-describedby={check}
        aria-invalid={tone === 'bad'}
        onChange={({ target }) => onType(target.value)}
      />
      <p id={check} className={`check tone-${tone}`}>
        {words}
      </p>
    </div>
  );
}

type FromProps = {
  readonly lines: readonly Line[];
  readonly chosen: Line | undefined;
  readonly onChoose: (lineId: LineId) => void;
};

function FromField({ lines, chosen, onChoose }: FromProps): ReactElement {
  const field = useId();
  const { drafts } = useScreen();
  const text = useStore(drafts, ({ byKey }) => byKey.get('new')?.text ?? '');
  const segments = useMemo(() => (text === '' ? 0 : analyzeText(text).segments.length), [text]);
  return (
    <div className="field">
      <label htmlFor={field}>From</label>
      <select
        id={field}
        value={chosen?.id ?? ''}
        disabled={lines.length === 0}
        onChange={({ target }) => {
          const line = lines.find(({ id }) => id === Number(target.value));
          if (line !== undefined) onChoose(line.id);
        }}
      >
        <LineOptions lines={lines} segments={segments} />
      </select>
      {lines.length === 0 ? (
        <p className="check tone-bad">No line yet. Connect a carrier account first.</p>
      ) : null}
    </div>
  );
}
