import { Circle, CircleCheck } from 'lucide-react';
import type { ReactElement } from 'react';

import type { Team } from '#shared/contract/team-commands.ts';
import type { Member } from '#shared/team/stream-frames.ts';

import { initialsOf } from '../thread-list/avatar-letters.ts';

type Props = { readonly team: Team };

/** Who is in the team, and who is connected now. */
export function Members({ team: { members, desktop, state } }: Props): ReactElement {
  const isKnown = state === 'connected' || state === 'behind';
  return (
    <section className="part">
      <h2>Members</h2>
      {members.length === 0 ? (
        <p className="quiet-words">They are shown once this desktop is connected.</p>
      ) : null}
      <ul className="plain-list" aria-label="Members">
        {members.map((member) => (
          <li key={member.id} className="row-line">
            <span className="member-letters" aria-hidden>
              {initialsOf(member.name)}
            </span>
            <bdi className="member-name">{member.name}</bdi>
            {member.id === desktop ? <span className="quiet-words">you, here</span> : null}
            {isKnown ? <OnlineMark member={member} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OnlineMark({ member: { online } }: { readonly member: Member }): ReactElement {
  const Glyph = online ? CircleCheck : Circle;
  return (
    <span className={`state-mark state-${online ? 'ok' : 'off'} member-state`}>
      <Glyph size={13} aria-hidden />
      {online ? 'Online' : 'Offline'}
    </span>
  );
}
