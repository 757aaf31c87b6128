import { useRef, useState } from 'react';
import type { ReactElement } from 'react';

import { TextField } from '../../controls/TextField.tsx';
import { useScreen } from '../../screen/screen-context.ts';
import { CredentialFields, missingFields } from '../CredentialFields.tsx';
import { addressProblem } from '../reachable.ts';
import { ApiAddress } from './ApiAddress.tsx';
import { connectingOf } from './connecting-store.ts';
import type { Entered } from './connecting-store.ts';
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

function Credentials({ carrier, entered, change }: Entering): ReactElement {
  const screen = useScreen();
  const form = useRef<HTMLFormElement>(null);
  const [wasAsked, setAsked] = useState(false);
  const { label: carrierName, credentials: fields, needsAddress = false } = carrier.capabilities;
  const { label, credentials, baseUrl, trial } = entered;
  const missing = missingFields(fields, credentials);
  const isComplete = missing.size === 0 && isNamed(entered) && hasAddress(entered, needsAddress);
  const edit = (edited: Partial<Entered>): void =>
    change({ ...edited, trial: { kind: 'untried' } });
  const goOn = (): void => {
    setAsked(true);
    if (!isComplete) return focusFirstProblem(form.current);
    if (trial.kind === 'good') connectingOf(screen).setState({ step: 'numbers' });
    else void tryCredentials(screen);
  };
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
      <p className="quiet-words">
        They are kept in the secret store of this machine and go to {carrierName} alone.
      </p>
      <TextField
        label="Name of this connection"
        value={label}
        maxLength={60}
        problem={isNamed(entered) ? null : 'A connection needs a name.'}
        onType={(typed) => change({ label: typed })}
      />
      <CredentialFields
        fields={fields}
        values={credentials}
        missing={wasAsked ? missing : noneMissing}
        onType={(name, value) => edit({ credentials: { ...credentials, [name]: value } })}
      />
      <ApiAddress
        value={baseUrl}
        isNeeded={needsAddress}
        isMissing={wasAsked && !hasAddress(entered, needsAddress)}
        onType={(typed) => edit({ baseUrl: typed })}
      />
      <TrialWords trial={trial} onSkip={() => connectingOf(screen).setState({ step: 'numbers' })} />
      <StepFoot
        step="credentials"
        action={trial.kind === 'trying' ? 'Testing…' : 'Test and continue'}
        isBusy={trial.kind === 'trying'}
      />
    </form>
  );
}

const noneMissing: ReadonlySet<string> = new Set();

const isNamed = ({ label }: Entered): boolean => label.trim() !== '';

const hasAddress = ({ baseUrl }: Entered, isNeeded: boolean): boolean =>
  addressProblem(baseUrl) === null && !(isNeeded && baseUrl.trim() === '');

/** Once what is wrong is drawn as wrong. */
function focusFirstProblem(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
