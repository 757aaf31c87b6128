import { useId, useMemo, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { type Recipients, readRecipients } from '#shared/broadcast/read-recipients.ts';
import type { BroadcastPurpose } from '#shared/contract/broadcast-commands.ts';
import type { Line, LineId } from '#shared/message/line.ts';
import { formatPeer } from '#shared/phone/format-peer.ts';
import { lintTemplate } from '#shared/template/lint-template.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { counted } from '../controls/tell-amount.ts';
import { TextField } from '../controls/TextField.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { lintWords, sizeWords } from '../templates/lint-words.ts';
import { type Tried, dryRun } from './dry-run.ts';
import { DryRun } from './DryRun.tsx';
import { ReadRecipients } from './ReadRecipients.tsx';

type Props = { readonly onClose: () => void };

/** Who is to get what over which line; then a dry run, and only then a start. */
export function NewBroadcast({ onClose }: Props): ReactElement {
  const writing = useWriting();
  const why = useId();
  const { uid, name, lineId, purpose, text, pasted, tried, problem, deed, recipients } = writing;
  const lines = useStore(useScreen().overview, (overview) => overview.lines);
  return (
    <section className="card broadcast-form" aria-label="New broadcast">
      <TextField
        label="Name"
        value={name}
        onType={writing.setName}
        maxLength={100}
        hint="For you; nobody is shown it."
      />
      <LineField lines={lines} chosen={lineId} onChoose={writing.setLine} />
      <PurposeField chosen={purpose} onChoose={writing.setPurpose} />
      <TextOfMany text={text} recipients={recipients} onType={writing.setText} />
      <PeopleField pasted={pasted} onPaste={writing.setPasted} />
      {pasted.trim() === '' ? null : <ReadRecipients recipients={recipients} />}
      <FailureLine failure={deed.failure} />
      <div className="deeds">
        <button
          type="button"
          className={tried === null ? 'button' : 'ghost'}
          aria-disabled={problem !== null || deed.isBusy}
          aria-describedby={why}
          onClick={writing.tryOut}
        >
          Dry run
        </button>
        <button type="button" className="ghost" onClick={onClose}>
          Discard
        </button>
        <span id={why} className="quiet-words" role="status">
          {deed.isBusy ? `Asking about ${counted(writing.asked, 'person', 'people')}…` : problem}
        </span>
      </div>
      {tried === null || lineId === null ? null : (
        <DryRun wanted={{ uid, name, lineId, purpose, text }} tried={tried} onStarted={onClose} />
      )}
    </section>
  );
}

/** What is being written, and what the last dry run of it said; any change makes that void. */
function useWriting() {
  const screen = useScreen();
  const lines = useStore(screen.overview, (overview) => overview.lines);
  const [uid, setUid] = useState(() => screen.newUid());
  const [name, setName] = useState('');
  const [lineId, setLine] = useState<LineId | null>(lines[0]?.id ?? null);
  const [purpose, setPurpose] = useState<BroadcastPurpose>('informational');
  const [text, setText] = useState('');
  const [pasted, setPasted] = useState('');
  const [tried, setTried] = useState<readonly Tried[] | null>(null);
  const [asked, setAsked] = useState(0);
  const deed = useDeed();
  const recipients = useMemo(() => readRecipients(pasted), [pasted]);
  const { people } = recipients;
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value): void => {
      setTried(null);
      set(value);
    };
  const problem = problemOf({ name, text, lineId, people: people.length });
  const tryOut = (): void => {
    if (problem !== null || lineId === null) return;
    setAsked(0);
    // What was tried before may be stored in part; another plan is another broadcast.
    setUid(screen.newUid());
    void deed.run(async () =>
      setTried(await dryRun(screen, { lineId, purpose, text, people }, setAsked)),
    );
  };
  return {
    uid,
    name,
    lineId,
    purpose,
    text,
    pasted,
    tried,
    asked,
    deed,
    recipients,
    problem,
    tryOut,
    setName: change(setName),
    setLine: change(setLine),
    setPurpose: change(setPurpose),
    setText: change(setText),
    setPasted: change(setPasted),
  };
}

type Filled = { name: string; text: string; lineId: LineId | null; people: number };

function problemOf({ name, text, lineId, people }: Filled): string | null {
  if (lineId === null) return 'There is no line to text from';
  if (name.trim() === '') return 'Give it a name';
  if (text.trim() === '') return 'Write what it says';
  return people === 0 ? 'Add the people to text' : null;
}

type LineFieldProps = {
  readonly lines: readonly Line[];
  readonly chosen: LineId | null;
  readonly onChoose: (lineId: LineId) => void;
};

function LineField({ lines, chosen, onChoose }: LineFieldProps): ReactElement {
  const field = useId();
  return (
    <div className="form-field">
      <div className="form-name">
        <label htmlFor={field}>From</label>
      </div>
      <select
        id={field}
        value={chosen ?? ''}
        onChange={({ target }) => {
          const line = lines.find(({ id }) => id === Number(target.value));
          if (line !== undefined) onChoose(line.id);
        }}
      >
        {lines.map((line) => (
          <option key={line.id} value={line.id}>
            {line.label} {formatPeer(line.number)}
          </option>
        ))}
      </select>
    </div>
  );
}

type PurposeProps = {
  readonly chosen: BroadcastPurpose;
  readonly onChoose: (purpose: BroadcastPurpose) => void;
};

const purposes = [
  ['informational', 'Informational: about something they already have with you'],
  ['marketing', 'Marketing: to sell or promote; it needs their consent in writing'],
] as const;

function PurposeField({ chosen, onChoose }: PurposeProps): ReactElement {
  const name = useId();
  return (
    <fieldset className="purposes">
      <legend>Purpose</legend>
      {purposes.map(([value, words]) => (
        <label key={value} className="check-line">
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            onChange={() => onChoose(value)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}

type TextProps = {
  readonly text: string;
  readonly recipients: Recipients;
  readonly onType: (text: string) => void;
};

function TextOfMany({ text, recipients, onType }: TextProps): ReactElement {
  const field = useId();
  const templates = useStore(useScreen().templates, (known) => known.all) ?? [];
  const { people, fields } = recipients;
  const worst = useMemo(
    () =>
      people.length === 0
        ? null
        : lintTemplate(
            text,
            people.map(({ known }) => known),
          ),
    [text, people],
  );
  const about =
    fields.length === 0 ? '' : ` Columns: ${fields.map((each) => `{${each}}`).join(', ')}.`;
  return (
    <div className="form-field">
      <div className="form-name">
        <label htmlFor={field}>Text</label>
        {templates.length === 0 ? null : (
          <select
            aria-label="Begin with a template"
            value=""
            onChange={({ target }) =>
              onType(templates.find(({ uid }) => uid === target.value)?.text ?? text)
            }
          >
            <option value="">Begin with a template…</option>
            {templates.map(({ uid, name }) => (
              <option key={uid} value={uid}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
      <textarea
        id={field}
        className="words"
        dir="auto"
        maxLength={1_600}
        value={text}
        aria-describedby={`${field}-worst`}
        onChange={({ target }) => onType(target.value)}
      />
      <p id={`${field}-worst`} className="form-hint">
        {(text === '' ? '' : worst === null ? sizeWords(text) : lintWords(worst, people)) + about}
      </p>
    </div>
  );
}

/** Files beyond this are refused: 50,000 people take about a tenth of it. */
const mostBytes = 20_000_000;

type PeopleProps = { readonly pasted: string; readonly onPaste: (pasted: string) => void };

function PeopleField({ pasted, onPaste }: PeopleProps): ReactElement {
  const field = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > mostBytes) return setProblem('This file is too large: 20 MB at most.');
    setProblem(null);
    onPaste(await file.text());
  };
  return (
    <div className="form-field">
      <div className="form-name">
        <label htmlFor={field}>People</label>
        <button type="button" className="ghost" onClick={() => chooser.current?.click()}>
          Choose a CSV file
        </button>
        <input
          ref={chooser}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          hidden
          aria-label="CSV file"
          onChange={({ target }) => void take(target.files?.[0])}
        />
      </div>
      <textarea
        id={field}
        rows={5}
        spellCheck={false}
        placeholder={'number,first_name\n206 555 0142,Ann'}
        value={pasted}
        aria-describedby={`${field}-hint`}
        onChange={({ target }) => onPaste(target.value)}
      />
      <p id={`${field}-hint`} className={problem === null ? 'form-hint' : 'form-hint bad'}>
        {problem ??
          'Numbers one a line, or a table whose first line names its columns, one of them “number”.'}
      </p>
    </div>
  );
}
