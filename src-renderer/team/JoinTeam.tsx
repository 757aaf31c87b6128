import type { ReactElement } from 'react';

import { FailureLine } from '../controls/FailureLine.tsx';
import { TextField } from '../controls/TextField.tsx';
import { joinProblem, otherFailure } from './join-problems.ts';
import type { Joining } from './join-problems.ts';
import { useJoining } from './use-joining.ts';
import type { JoinForm } from './use-joining.ts';

/** What a team is, and the form to join one. */
export function JoinTeam(): ReactElement {
  const joining = useJoining();
  const { form, isBusy, refusal, join } = joining;
  return (
    <section className="part">
      <p>
        Several desktops can share lines, conversations and notes through a relay that you or your
        company runs. Without one, everything stays on this computer.
      </p>
      <form
        ref={form}
        className="join-form"
        aria-label="Join a team"
        autoComplete="off"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void join();
        }}
      >
        <JoinFields {...joining} />
        <FailureLine failure={otherFailure(refusal)} />
        <div className="deeds">
          <button type="submit" className="button" disabled={isBusy}>
            {isBusy ? 'Joining…' : 'Join the team'}
          </button>
        </div>
      </form>
      <p className="quiet-words">
        A code is made where the relay runs, with <code>npm run trunkline -- pair --data DIR</code>,
        DIR being the relay’s data folder.
      </p>
    </section>
  );
}

function JoinFields({ typed, type, wasAsked, refusal }: JoinForm): ReactElement {
  const problemOf = (field: keyof Joining): string | null =>
    wasAsked ? joinProblem(field, typed, refusal) : null;
  return (
    <>
      <TextField
        label="Relay address"
        value={typed.address}
        maxLength={500}
        inputMode="url"
        placeholder="https://relay.example.com"
        problem={problemOf('address')}
        hint="As whoever runs the relay tells it."
        onType={(address) => type({ address })}
      />
      <TextField
        label="Pairing code"
        value={typed.code}
        maxLength={64}
        problem={problemOf('code')}
        hint="Good for one desktop, and for a quarter of an hour."
        onType={(code) => type({ code })}
      />
      <TextField
        label="Your name"
        value={typed.name}
        maxLength={60}
        problem={problemOf('name')}
        hint="The others see it beside what you write."
        onType={(name) => type({ name })}
      />
    </>
  );
}
