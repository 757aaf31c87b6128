import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import { Notice } from '../../controls/Notice.tsx';
import { counted } from '../../controls/tell-amount.ts';
import { useScreen } from '../../screen/screen-context.ts';
import type { Carrier } from '../../store/connections-store.ts';
import { inWords } from '../../store/failure-of.ts';
import { NotThere } from '../NotThere.tsx';
import { PageHead } from '../PageHead.tsx';
import { useLines } from '../use-lines.ts';
import { AddByHand } from './AddByHand.tsx';
import { FindNumbers } from './FindNumbers.tsx';
import { NumberTable } from './NumberTable.tsx';
import { useNumbers } from './use-numbers.ts';
import type { Numbers } from './use-numbers.ts';

/** The numbers of an account: which are lines, how they are registered, where their texts go, and more to buy. */
export function NumbersPage({ connectionId }: { readonly connectionId: ConnectionId }) {
  const { list, carriers } = useStore(useScreen().connections);
  const connection = list?.find(({ id }) => id === connectionId);
  const carrier = carriers?.find(({ id }) => id === connection?.provider);
  if (connection === undefined || carrier === undefined)
    return <NotThere isKnown={list !== null && carriers !== null} />;
  return <Loaded connection={connection} carrier={carrier} />;
}

type Props = { readonly connection: ConnectionView; readonly carrier: Carrier };

function Loaded({ connection, carrier }: Props): ReactElement {
  const { listsNumbers, searchesNumbers, label } = carrier.capabilities;
  const numbers = useNumbers(connection.id, listsNumbers);
  return (
    <>
      <PageHead
        title="Numbers"
        about={`of ${connection.label}`}
        above={{ at: { page: 'connection', connectionId: connection.id }, name: connection.label }}
      >
        {listsNumbers ? (
          <button
            type="button"
            className="ghost"
            disabled={numbers.isLoading}
            onClick={numbers.reload}
          >
            Ask again
          </button>
        ) : null}
      </PageHead>
      <div className="page" data-scrolls>
        <Listed numbers={numbers} connection={connection} />
        <AddByHand connection={connection} isListed={listsNumbers} carrierName={label} />
        {searchesNumbers ? (
          <FindNumbers connection={connection} carrier={carrier} onBought={numbers.reload} />
        ) : null}
      </div>
    </>
  );
}

type ListedProps = { readonly numbers: Numbers; readonly connection: ConnectionView };

function Listed({ numbers, connection }: ListedProps): ReactElement {
  const { rows, failure, isLoading, reload } = numbers;
  const lines = useLines(connection.id);
  const shown = rows ?? [];
  return (
    <section className="part" aria-label="Numbers of the account" aria-busy={isLoading}>
      {failure === null ? null : (
        <Notice
          title="The carrier did not tell the numbers"
          words={inWords(failure)}
          onRetry={reload}
        />
      )}
      <p role="status" className="quiet-words">
        {isLoading ? 'Asking the carrier…' : ''}
        {!isLoading && rows !== null ? `${counted(rows.length, 'number')} in the account` : ''}
      </p>
      {shown.length + lines.length === 0 ? null : (
        <NumberTable rows={rows} lines={lines} connection={connection} />
      )}
    </section>
  );
}
