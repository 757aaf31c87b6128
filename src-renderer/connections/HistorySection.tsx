import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionView, Sync } from '#shared/contract/connection-shapes.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { AskingFailure } from './AskingFailure.tsx';
import { spans, syncWords } from './sync-words.ts';

type Props = { readonly connection: ConnectionView };

/** Brings in what the carrier's own lists hold and this program does not, as far back as is chosen. */
export function HistorySection({ connection }: Props): ReactElement {
  const screen = useScreen();
  const field = useId();
  const sync = useStore(screen.connections, ({ syncs }) => syncs.get(connection.id));
  const { isBusy, failure, run } = useDeed();
  const [at, setAt] = useState(2);
  const { id: connectionId } = connection;
  const start = (): Promise<unknown> => {
    const since = screen.clock.now() - (spans[at]?.length ?? 0);
    return screen.host.call('sync.start', { connectionId, since });
  };
  const isRunning = sync?.state === 'running';
  return (
    <section className="part">
      <h2>History</h2>
      <p className="quiet-words">
        Texts and calls that the carrier lists and that are not here yet. What is here already is
        left as it is, so it can be done again.
      </p>
      <div className="row-line">
        <label htmlFor={field}>How far back</label>
        <select
          id={field}
          value={at}
          disabled={isRunning}
          onChange={({ target }) => setAt(Number(target.value))}
        >
          {spans.map(({ words }, nth) => (
            <option key={words} value={nth}>
              {words}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="ghost"
          disabled={isBusy || isRunning}
          onClick={() => void run(start)}
        >
          Bring in
        </button>
        {isRunning ? (
          <button
            type="button"
            className="ghost"
            onClick={() => void run(() => screen.host.call('sync.cancel', { connectionId }))}
          >
            Cancel
          </button>
        ) : null}
      </div>
      <FailureLine failure={failure} />
      <Progress sync={sync} />
    </section>
  );
}

/** The end is said aloud; the count on the way there would be said with every page. */
function Progress({ sync }: { readonly sync: Sync | undefined }): ReactElement {
  const words = sync === undefined ? '' : syncWords(sync);
  const isRunning = sync?.state === 'running';
  return (
    <>
      {isRunning ? <progress aria-label="Bringing in" /> : null}
      {isRunning ? <p className="quiet-words">{words}</p> : null}
      <p role="status">{isRunning ? '' : words}</p>
      {sync?.failure ? <AskingFailure failure={sync.failure} /> : null}
    </>
  );
}
