import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import { RatesSection } from '../pricing/RatesSection.tsx';
import { useScreen } from '../screen/screen-context.ts';
import type { Carrier } from '../store/connections-store.ts';
import { SpeedSection } from '../throughput/SpeedSection.tsx';
import { carrierName } from './carrier-name.ts';
import { ConnectionDeeds } from './ConnectionDeeds.tsx';
import { GapsSection } from './GapsSection.tsx';
import { HistorySection } from './HistorySection.tsx';
import { LinesSection } from './LinesSection.tsx';
import { NotThere } from './NotThere.tsx';
import { PageHead } from './PageHead.tsx';
import { roadAdvice } from './road-words.ts';
import { SharedLines, SharedMark } from './SharedLines.tsx';
import { Standing } from './Standing.tsx';
import { StateMark } from './StateMark.tsx';
import { VerifySection } from './VerifySection.tsx';
import { WebhookSection } from './WebhookSection.tsx';

const above = { at: { page: 'list' }, name: 'Connections' } as const;

/** One account with a carrier: how it fares, its lines and webhooks, and everything that can be done to it. */
export function ConnectionPage({ connectionId }: { readonly connectionId: ConnectionId }) {
  const { list, carriers } = useStore(useScreen().connections);
  const connection = list?.find(({ id }) => id === connectionId);
  if (connection === undefined) return <NotThere isKnown={list !== null} />;
  const carrier = carriers?.find(({ id }) => id === connection.provider);
  return (
    <>
      <PageHead
        title={connection.label}
        about={carrierName(carriers, connection.provider)}
        above={above}
      />
      <div className="page" data-scrolls>
        <StandingSection connection={connection} />
        <GapsSection connectionId={connection.id} />
        {connection.origin === 'team' ? (
          <SharedLines connection={connection} />
        ) : (
          <OwnSections connection={connection} carrier={carrier} />
        )}
        <SpeedSection connection={connection} />
        <RatesSection connection={connection} />
      </div>
    </>
  );
}

type OwnProps = { readonly connection: ConnectionView; readonly carrier: Carrier | undefined };

/** What can be done to an account of our own. */
function OwnSections({ connection, carrier }: OwnProps): ReactElement {
  return (
    <>
      <ConnectionDeeds connection={connection} carrier={carrier} />
      <VerifySection connection={connection} />
      <LinesSection connection={connection} />
      <WebhookSection connection={connection} carrier={carrier} />
      {bringsHistory(carrier) ? <HistorySection connection={connection} /> : null}
    </>
  );
}

const bringsHistory = (carrier: Carrier | undefined): boolean =>
  carrier !== undefined && (carrier.capabilities.listsMessages || carrier.capabilities.listsCalls);

function StandingSection({ connection }: { readonly connection: ConnectionView }): ReactElement {
  const { state, sentence, origin } = connection;
  return (
    <section className="part" aria-label="How it fares">
      <p className="state-line">
        <StateMark state={state} />
        <span className={state === 'trouble' ? 'warn' : undefined}>{sentence}</span>
      </p>
      <Standing connection={connection} />
      {origin === 'team' ? <SharedMark /> : <p className="quiet-words">{roadAdvice(connection)}</p>}
    </section>
  );
}
