import { useState } from 'react';
import type { ReactElement } from 'react';

import type { Team } from '#shared/contract/team-commands.ts';

import { ConfirmDialog } from '../controls/ConfirmDialog.tsx';
import { FailureLine } from '../controls/FailureLine.tsx';
import { counted } from '../controls/tell-amount.ts';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import { hearTeam } from '../store/hear-team.ts';

type Props = { readonly team: Team };

/** The way out of the team; asks first, and says what stays. */
export function LeaveTeam({ team }: Props): ReactElement {
  const screen = useScreen();
  const [isOpen, setOpen] = useState(false);
  const { isBusy, failure, run } = useDeed();
  const leave = async (): Promise<void> => {
    const isLeft = await run(async () => {
      const answer = await screen.host.call('team.leave', {});
      hearTeam(screen, answer.team);
    });
    if (isLeft) announce(screen, 'This desktop has left the team.');
  };
  return (
    <section className="part" aria-label="Leave">
      <div className="deeds">
        <button type="button" className="ghost danger" onClick={() => setOpen(true)}>
          Leave team…
        </button>
      </div>
      <ConfirmDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title="Leave the team?"
        action={
          <button
            type="button"
            className="button danger"
            disabled={isBusy}
            onClick={() => void leave()}
          >
            Leave team
          </button>
        }
      >
        <LeaveWords team={team} />
        <FailureLine failure={failure} />
      </ConfirmDialog>
    </section>
  );
}

function LeaveWords({ team: { waiting } }: Props): ReactElement {
  return (
    <>
      <p>
        Every conversation that is here stays, with its texts and notes, and can be read and
        searched. The team’s connections are used no more from here: nothing goes out over them and
        nothing comes in.
      </p>
      {waiting === 0 ? null : (
        <p className="warn">
          The others have not been told of {counted(waiting, 'thing')} you did here, and will not
          be.
        </p>
      )}
      <p>
        For the others nothing changes. The relay is not told: whoever runs it can take this desktop
        off its list. To come back you need a new pairing code.
      </p>
    </>
  );
}
