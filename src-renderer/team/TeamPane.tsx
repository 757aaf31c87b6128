import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { PageHead } from '../connections/PageHead.tsx';
import { Notice } from '../controls/Notice.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { inWords } from '../store/failure-of.ts';
import { loadTeam } from '../store/hear-team.ts';
import { isInTeam } from '../store/team-store.ts';
import { JoinTeam } from './JoinTeam.tsx';
import { LeaveTeam } from './LeaveTeam.tsx';
import { Members } from './Members.tsx';
import { TeamStanding } from './TeamStanding.tsx';

import '../connections/connections.css';
import './team.css';

/** Working on the same conversations from several desktops: how to join a team, or how the team stands. */
export function TeamPane(): ReactElement {
  const screen = useScreen();
  const known = useStore(screen.team);
  const { team, failure } = known;
  return (
    <>
      {/* Anew when joined or left: what had the focus goes with the form or the dialog, and the head takes it. */}
      <PageHead
        key={isInTeam(known) ? 'in' : 'out'}
        title="Team"
        about={
          team?.workspace
            ? `Workspace ${team.workspace}`
            : 'The same conversations on several desktops'
        }
      />
      <div className="page" data-scrolls>
        {failure === null ? null : (
          <Notice
            title="How the team stands could not be loaded"
            words={inWords(failure)}
            onRetry={() => void loadTeam(screen)}
          />
        )}
        {team === null && failure === null ? <p className="quiet">Loading…</p> : null}
        {team !== null && !isInTeam(known) ? <JoinTeam /> : null}
        {team !== null && isInTeam(known) ? (
          <>
            <TeamStanding team={team} />
            <Members team={team} />
            <LeaveTeam team={team} />
          </>
        ) : null}
      </div>
    </>
  );
}
