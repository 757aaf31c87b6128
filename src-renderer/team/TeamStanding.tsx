import { CircleAlert, CircleCheck, CircleDashed, CircleOff, RefreshCw } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';

import type { Team, TeamState } from '#shared/contract/team-commands.ts';

import { counted } from '../controls/tell-amount.ts';

type Props = { readonly team: Team };

/** How the team stands: the state in words, where its relay is, and what is still on its way in either direction. */
export function TeamStanding({ team }: Props): ReactElement {
  const { state, sentence, address, name, waiting, refused } = team;
  return (
    <section className="part" aria-label="How it stands">
      <p className="state-line">
        <TeamMark state={state} />
        <span className={state === 'stopped' ? 'warn' : undefined}>{sentence}</span>
      </p>
      <dl className="standing">
        <Fact name="Relay address" value={address} />
        <Fact name="Your name" value={name} />
        <Fact name="Still to come in" value={lagWords(team)} />
        <Fact
          name="Still to tell the others"
          value={waiting === 0 ? 'nothing' : counted(waiting, 'thing')}
        />
      </dl>
      {refused === null ? null : (
        <p className="warn" role="alert">
          {refused}
        </p>
      )}
    </section>
  );
}

/** What is still to come in; away from the relay nobody knows what has come since. */
function lagWords({ state, lag }: Team): string {
  if (lag > 0) return counted(lag, 'delivery', 'deliveries');
  return state === 'connected' || state === 'behind' ? 'nothing' : 'not known now';
}

const marks: Readonly<Record<TeamState, readonly [LucideIcon, string, string]>> = {
  none: [CircleOff, 'No team', 'off'],
  connecting: [CircleDashed, 'Not connected', 'starting'],
  connected: [CircleCheck, 'Connected', 'ok'],
  behind: [RefreshCw, 'Catching up', 'starting'],
  stopped: [CircleAlert, 'Stopped', 'trouble'],
};

/** The state: glyph and word. */
function TeamMark({ state }: { readonly state: TeamState }): ReactElement {
  const [Glyph, words, tone] = marks[state];
  return (
    <span className={`state-mark state-${tone}`}>
      <Glyph size={14} aria-hidden />
      {words}
    </span>
  );
}

type FactProps = { readonly name: string; readonly value: string | null };

function Fact({ name, value }: FactProps): ReactElement | null {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
