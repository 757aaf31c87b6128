import type { ReactElement } from 'react';

import { initialsOf } from '../thread-list/avatar-letters.ts';
import { formerMember, useAssigneeName } from './assignee.ts';

import './assignee.css';

type Props = { readonly assignee: string | null };

/** The letters of whose a conversation is; a screen reader gets the name. */
export function AssigneeMark({ assignee }: Props): ReactElement | null {
  const name = useAssigneeName(assignee);
  if (name === null) return null;
  const letters = name === formerMember ? '' : initialsOf(name);
  return (
    <span className="assignee-mark" title={`Assigned to ${name}`}>
      <span aria-hidden>{letters || '?'}</span>
      <span className="unseen"> assigned to {name}</span>
    </span>
  );
}
