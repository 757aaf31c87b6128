import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { useScreen } from '../../screen/screen-context.ts';
import { PageHead } from '../PageHead.tsx';
import { CarrierStep } from './CarrierStep.tsx';
import { connectingOf, forgetEntered } from './connecting-store.ts';
import type { Step } from './connecting-store.ts';
import { CredentialsStep } from './CredentialsStep.tsx';
import { DoneStep } from './DoneStep.tsx';
import { NumbersStep } from './NumbersStep.tsx';
import { steps } from './steps.ts';
import { WebhooksStep } from './WebhooksStep.tsx';

/** Step by step from the choice of a carrier to a connection that receives. */
export function ConnectCarrier(): ReactElement {
  const screen = useScreen();
  const store = connectingOf(screen);
  const step = useStore(store, (connecting) => connecting.step);
  useEffect(() => {
    if (store.getState().step === 'done') forgetEntered(screen);
  }, [screen, store]);
  return (
    <>
      <PageHead
        title="Connect a carrier"
        about="Text from the numbers you have with it"
        above={{ at: { page: 'list' }, name: 'Connections' }}
      />
      <StepList step={step} />
      <div className="page" data-scrolls key={step}>
        <StepPage step={step} />
      </div>
    </>
  );
}

function StepPage({ step }: { readonly step: Step }): ReactElement {
  switch (step) {
    case 'carrier':
      return <CarrierStep />;
    case 'credentials':
      return <CredentialsStep />;
    case 'numbers':
      return <NumbersStep />;
    case 'webhooks':
      return <WebhooksStep />;
    case 'done':
      return <DoneStep />;
  }
}

function StepList({ step }: { readonly step: Step }): ReactElement {
  const here = steps.findIndex((each) => each.step === step);
  return (
    <ol className="steps" aria-label="Steps">
      {steps.map(({ words }, at) => (
        <li key={words} aria-current={at === here ? 'step' : undefined} data-passed={at < here}>
          {words}
        </li>
      ))}
    </ol>
  );
}
