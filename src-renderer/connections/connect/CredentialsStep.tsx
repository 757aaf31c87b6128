import { useRef, useState } from 'react';
import type { ReactElement } from 'react';

import { TextField } from '../../controls/TextField.tsx';
import { useScreen } from '../../screen/screen-context.ts';
import { AccountFields } from './AccountFields.tsx';
import { connectingOf } from './connecting-store.ts';
import { isComplete, isNamed } from './is-complete.ts';
import { PresetQuestions } from './PresetQuestions.tsx';
import { StepFoot } from './StepFoot.tsx';
import { StepHead } from './StepHead.tsx';
import { TrialWords } from './TrialWords.tsx';
import { tryCredentials } from './try-credentials.ts';
import { useEntered } from './use-entered.ts';
import type { Entering } from './use-entered.ts';

/** What the carrier knows us by, tried before it is kept. */
export function CredentialsStep(): ReactElement | null {
  const entering = useEntered();
  return entering === null ? null : <Credentials {...entering} />;
}

function Credentials(entering: Entering): ReactElement {
  const { carrier, entered, change } = entering;
  const screen = useScreen();
  const form = useRef<HTMLFormElement>(null);
  const [wasAsked, setAsked] = useState(false);
  const { label: carrierName } = carrier.capabilities;
  const toNumbers = (): void => connectingOf(screen).setState({ step: 'numbers' });
  const goOn = (): void => {
    setAsked(true);
    if (!isComplete(entered, carrier)) focusFirstProblem(form.current);
    else if (entered.trial.kind === 'good') toNumbers();
    else void tryCredentials(screen);
  };
  const isTrying = entered.trial.kind === 'trying';
  return (
    <form
      ref={form}
      className="step-form"
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        goOn();
      }}
    >
      <StepHead step="credentials" title={`Your account with ${carrierName}`} />
      <PresetQuestions />
      <p className="quiet-words">
        Credentials are kept in the secret store of this machine and go to {carrierName} alone.
      </p>
      <TextField
        label="Name of this connection"
        value={entered.label}
        maxLength={60}
        problem={isNamed(entered) ? null : 'A connection needs a name.'}
        onType={(label) => change({ label })}
      />
      <AccountFields {...entering} wasAsked={wasAsked} />
      <TrialWords trial={entered.trial} onSkip={toNumbers} />
      <StepFoot
        step="credentials"
        action={isTrying ? 'Testing…' : 'Test and continue'}
        isBusy={isTrying}
      />
    </form>
  );
}

/** Once what is wrong is drawn as wrong; a part that is folded away is opened for it. */
function focusFirstProblem(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
  });
}
