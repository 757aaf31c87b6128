import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { FailureLine } from '../../controls/FailureLine.tsx';
import { useScreen } from '../../screen/screen-context.ts';
import { PublicAddressField } from '../PublicAddressField.tsx';
import { addressProblem, isOnThisMachine } from '../reachable.ts';
import { addConnection } from './add-connection.ts';
import { connectingOf } from './connecting-store.ts';
import { StepFoot } from './StepFoot.tsx';
import { StepHead } from './StepHead.tsx';
import { useEntered } from './use-entered.ts';
import type { Entering } from './use-entered.ts';

/** How texts come in. */
export function WebhooksStep(): ReactElement | null {
  const screen = useScreen();
  const adding = useStore(connectingOf(screen), (connecting) => connecting.adding);
  const entering = useEntered();
  if (entering === null) return null;
  const isReady = addressProblem(entering.entered.publicUrl) === null;
  return (
    <form
      className="step-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void addConnection(screen);
      }}
    >
      <StepHead step="webhooks" title="How do texts come in?" />
      <Road {...entering} />
      <FailureLine failure={typeof adding === 'string' ? null : adding} />
      <StepFoot
        step="webhooks"
        action={adding === 'yes' ? 'Connecting…' : 'Connect'}
        isBusy={adding === 'yes' || !isReady}
      />
    </form>
  );
}

function Road({ carrier, entered, change }: Entering): ReactElement {
  const { keepsSession, hooks, label, listsMessages, listsWords } = carrier.capabilities;
  const isAsked = listsMessages && listsWords !== false;
  if (keepsSession)
    return <p>Nothing needs to be set up: they come over a session that Trunkline keeps open.</p>;
  if (!hooks.includes('messages'))
    return (
      <p>
        {label} calls nobody about new texts.{' '}
        {isAsked
          ? 'Trunkline asks it every 15 seconds instead.'
          : 'Texts can go out, and none come in.'}
      </p>
    );
  return (
    <>
      {isOnThisMachine(entered.baseUrl) ? (
        <p>
          {label} runs on this machine and calls the relay itself, so no public address is needed.
        </p>
      ) : (
        <p>{explained(label, isAsked)}</p>
      )}
      <PublicAddressField value={entered.publicUrl} onType={(publicUrl) => change({ publicUrl })} />
      <Writing carrier={carrier} entered={entered} change={change} />
    </>
  );
}

function explained(carrier: string, isAsked: boolean): string {
  const without = isAsked
    ? `Without one, Trunkline asks ${carrier} every 15 seconds instead.`
    : 'Without one, texts can go out and none come in.';
  return `${carrier} calls an address on the internet whenever a text comes in. Write the one that leads to the relay of this program. ${without} It can be set later too.`;
}

/** Whether the carrier is to be told where to call, or the person does that. */
function Writing({ carrier, entered, change }: Entering): ReactElement {
  const { configuresWebhooks, label } = carrier.capabilities;
  const isReached = entered.publicUrl.trim() !== '' || isOnThisMachine(entered.baseUrl);
  if (!configuresWebhooks)
    return (
      <p className="quiet-words">
        The addresses to enter at {label} are shown, to be copied, once it is connected.
      </p>
    );
  return (
    <label className="check-line">
      <input
        type="checkbox"
        checked={isReached && entered.writesHooks}
        disabled={!isReached}
        onChange={({ target }) => change({ writesHooks: target.checked })}
      />
      <span>
        Have {label} call here for the chosen numbers
        <small>
          {isReached
            ? 'Their texts then come here and no longer where they go now.'
            : 'Possible once a public address is written above.'}
        </small>
      </span>
    </label>
  );
}
