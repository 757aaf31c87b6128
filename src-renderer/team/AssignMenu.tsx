import { UserRound } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Team } from '#shared/contract/team-commands.ts';
import type { Thread } from '#shared/message/thread.ts';

import { useScreen } from '../screen/screen-context.ts';
import { assign } from '../store/act-on-thread.ts';
import { isInTeam } from '../store/team-store.ts';
import { assigneeName } from './assignee.ts';
import { useIsShared } from './use-is-shared.ts';

import './assignee.css';

type Props = { readonly thread: Thread };

/** Whose the conversation is, and the menu to give it to somebody. Only on lines of a team. */
export function AssignMenu({ thread }: Props): ReactElement | null {
  const screen = useScreen();
  const known = useStore(screen.team);
  const { team } = known;
  const isShared = useIsShared(thread.lineId);
  if (team === null || !isInTeam(known) || !isShared) return null;
  const name = assigneeName(known, thread.assignee);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="ghost"
        aria-label={name === null ? 'Assign' : `Assigned to ${name}`}
      >
        <UserRound size={13} aria-hidden />
        <span className="assign-name">{name ?? 'Assign'}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu assign-menu" align="end" sideOffset={6}>
          <DropdownMenu.Label className="section">Assign to</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={thread.assignee ?? nobody}
            onValueChange={(to) => void assign(screen, thread.id, to === nobody ? null : to)}
          >
            {choicesOf(team).map((choice) => (
              <Choice key={choice.value} {...choice} />
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** No id of a desktop. */
const nobody = '';

type ChoiceProps = { readonly value: string; readonly words: string; readonly about: string };

/** Nobody, this desktop, then the others by name. */
function choicesOf({ desktop, name, members }: Team): ChoiceProps[] {
  const others = members
    .filter(({ id }) => id !== desktop)
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return [
    ...(desktop === null ? [] : [{ value: desktop, words: 'Me', about: name ?? '' }]),
    { value: nobody, words: 'Nobody', about: '' },
    ...others.map(({ id, name: words, online }) => ({
      value: id,
      words,
      about: online ? '' : 'offline',
    })),
  ];
}

function Choice({ value, words, about }: ChoiceProps): ReactElement {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={value}>
      <i className="radio-mark" />
      <bdi>{words}</bdi>
      {about === '' ? null : <span className="online-words">{about}</span>}
    </DropdownMenu.RadioItem>
  );
}
