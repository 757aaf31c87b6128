import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionId } from '#shared/message/line.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { counted } from '../controls/tell-amount.ts';
import { useScreen } from '../screen/screen-context.ts';
import { type Taking, type TriedFile, useTaking } from './use-taking.ts';

type Props = { readonly onTaken: () => void };

/** Holds a carrier's record file against our count: first what it would change, then, if the person wants, for good. */
export function TakeRecords({ onTaken }: Props): ReactElement | null {
  const list = useStore(useScreen().connections, (known) => known.list) ?? [];
  const [chosen, choose] = useState<ConnectionId | null>(null);
  const connectionId = chosen ?? list[0]?.id ?? null;
  const taking = useTaking(connectionId, onTaken);
  if (connectionId === null) return null;
  const change = (id: string): void => {
    taking.forget();
    choose(list.find((each) => each.id === id)?.id ?? null);
  };
  return (
    <div className="take-records">
      <p className="quiet-words">
        A carrier’s record file (MDR) as CSV tells what was billed. Rows taken twice change nothing.
      </p>
      <div className="row-line">
        <label>
          Records of{' '}
          <select
            value={connectionId}
            disabled={taking.isBusy}
            onChange={({ target }) => change(target.value)}
          >
            {list.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <ChooseFile isBusy={taking.isBusy} onChoose={(file) => taking.take(file, true)} />
      </div>
      <FailureLine failure={taking.failure} />
      {taking.problem === null ? null : (
        <p className="failure-line" role="alert">
          {taking.problem}
        </p>
      )}
      <Tried taking={taking} />
    </div>
  );
}

/** What the file would change, and the button that has it changed. */
function Tried({ taking: { tried, isBusy, take } }: { readonly taking: Taking }): ReactElement {
  const offers = tried !== null && !tried.isDone && tried.taken.changed > 0;
  return (
    <>
      <div role="status">{tried === null ? null : <Outcome tried={tried} />}</div>
      {offers ? (
        <div className="deeds">
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => take(tried.file, false)}
          >
            Take {counted(tried.taken.changed, 'row')}
          </button>
        </div>
      ) : null}
    </>
  );
}

type ChooseProps = { readonly isBusy: boolean; readonly onChoose: (file: File) => void };

function ChooseFile({ isBusy, onChoose }: ChooseProps): ReactElement {
  const field = useId();
  return (
    <>
      <label htmlFor={field}>Record file</label>
      <input
        id={field}
        type="file"
        accept=".csv,text/csv,text/plain"
        disabled={isBusy}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onChoose(file);
          // Else the same file could not be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}

function Outcome({ tried: { file, taken, isDone } }: { readonly tried: TriedFile }): ReactElement {
  const { changed, unchanged, refused, refusedCount } = taken;
  const rest = refusedCount - refused.length;
  return (
    <>
      <p>
        {file.name}: {counted(changed, 'row')} {isDone ? 'taken' : 'would be taken'},{' '}
        {counted(unchanged, 'row')} known already, {counted(refusedCount, 'row')} refused.
      </p>
      {refused.length === 0 ? null : (
        <ul className="plain-list" aria-label="Refused rows">
          {refused.map(({ row, because }) => (
            <li key={row}>
              Row {row}: {because}
            </li>
          ))}
        </ul>
      )}
      {rest > 0 ? <p className="quiet-words">And {counted(rest, 'more row')}.</p> : null}
    </>
  );
}
