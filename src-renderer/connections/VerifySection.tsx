import { useState } from 'react';
import type { ReactElement } from 'react';

import type { ConnectionView, VerifyStep } from '#shared/contract/connection-shapes.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';

/* A text to oneself may take half a minute to come back, and the questions before it half as long. */
const deadline = 75_000;

const stepWords: Readonly<Record<VerifyStep['step'], string>> = {
  credentials: 'Credentials',
  abilities: 'What its server takes',
  'text-to-self': 'A text to oneself',
};

const verdictWords: Readonly<Record<VerifyStep['verdict'], string>> = {
  passed: '✓ passed',
  failed: '▲ failed',
  unclear: '? unclear',
  skipped: '– not tried',
};

/** Finds out, step by step, what a connection can truly do. */
export function VerifySection({
  connection,
}: {
  readonly connection: ConnectionView;
}): ReactElement {
  const { host } = useScreen();
  const { isBusy, failure, run } = useDeed();
  const [textsItself, setTextsItself] = useState(false);
  const [steps, setSteps] = useState<readonly VerifyStep[]>([]);
  const verify = async (): Promise<void> => {
    setSteps([]);
    const input = { connectionId: connection.id, textToSelf: textsItself };
    setSteps((await host.call('connection.verify', input, deadline)).steps);
  };
  return (
    <section className="part">
      <h2>Verify</h2>
      <div className="row-line">
        <label>
          <input
            type="checkbox"
            checked={textsItself}
            disabled={isBusy || connection.lines.length === 0}
            onChange={({ target }) => setTextsItself(target.checked)}
          />{' '}
          Also text its first line from itself, at the price of a text
        </label>
        <button type="button" className="ghost" disabled={isBusy} onClick={() => void run(verify)}>
          {isBusy ? 'Verifying…' : 'Verify'}
        </button>
      </div>
      <FailureLine failure={failure} />
      <div role="status">
        {steps.length > 0 && (
          <ul className="plain-list">
            {steps.map(({ step, verdict, sentence }) => (
              <li key={step} className={verdict === 'failed' ? 'bad' : undefined}>
                <b>{stepWords[step]}</b> {verdictWords[verdict]}: {sentence}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
