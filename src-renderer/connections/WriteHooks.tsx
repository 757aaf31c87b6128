import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import type { Carrier } from '../store/connections-store.ts';
import { HookOutcomes } from './HookOutcomes.tsx';
import { isReachable } from './reachable.ts';
import { useLines } from './use-lines.ts';
import type { HookOutcome } from './write-hooks.ts';
import { writeHooks } from './write-hooks.ts';

type Props = { readonly connection: ConnectionView; readonly carrier: Carrier };

/** Has the carrier itself point every line of the connection at us. */
export function WriteHooks({ connection, carrier }: Props): ReactElement {
  const screen = useScreen();
  const lines = useLines(connection.id);
  const { isBusy, failure, run } = useDeed();
  const [outcomes, setOutcomes] = useState<readonly HookOutcome[] | null>(null);
  const why = reasonAgainst(connection, lines.length);
  const write = async (): Promise<void> => {
    const numbers = lines.map(({ number }) => number);
    setOutcomes(await writeHooks(screen, connection.id, numbers));
  };
  return (
    <>
      <div className="row-line">
        <p className="quiet-words grow" id="why-not-write">
          {why ??
            `Texts to its lines then come here, wherever ${carrier.capabilities.label} takes them now.`}
        </p>
        <button
          type="button"
          className="ghost"
          disabled={isBusy || why !== null}
          aria-describedby="why-not-write"
          onClick={() => void run(write)}
        >
          {isBusy ? 'Writing…' : 'Write webhooks'}
        </button>
      </div>
      <FailureLine failure={failure} />
      {outcomes === null ? null : <HookOutcomes outcomes={outcomes} />}
    </>
  );
}

function reasonAgainst(connection: ConnectionView, lines: number): string | null {
  if (!isReachable(connection)) return 'They can be written once the public address is set.';
  return lines === 0 ? 'There is no line to write them for.' : null;
}
