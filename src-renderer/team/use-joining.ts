import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

import { useScreen } from '../screen/screen-context.ts';
import { announce } from '../store/announce.ts';
import { failureOf } from '../store/failure-of.ts';
import { hearTeam } from '../store/hear-team.ts';
import { isJoinable } from './join-problems.ts';
import type { Joining, Refusal } from './join-problems.ts';

export type JoinForm = {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly typed: Joining;
  readonly type: (more: Partial<Joining>) => void;
  readonly isBusy: boolean;
  /** Was it asked to join yet? Before that nothing is called wrong. */
  readonly wasAsked: boolean;
  readonly refusal: Refusal | null;
  readonly join: () => Promise<void>;
};

/** The form to join a team: what is typed, and what came of it. What is wrong gets the focus. */
export function useJoining(): JoinForm {
  const screen = useScreen();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<Joining>({ address: '', code: '', name: '' });
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState(0);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [asked, refusal]);
  const join = async (): Promise<void> => {
    setAsked(asked + 1);
    if (isBusy || !isJoinable(typed)) return;
    setBusy(true);
    setRefusal(null);
    try {
      const { team } = await screen.host.call('team.join', typed);
      hearTeam(screen, team);
      announce(screen, `Joined the team. Workspace: ${team.workspace ?? 'unknown'}.`);
    } catch (error) {
      setRefusal({ sent: typed, failure: failureOf(error) });
    } finally {
      setBusy(false);
    }
  };
  const type = (more: Partial<Joining>): void => setTyped({ ...typed, ...more });
  return { form, typed, type, isBusy, wasAsked: asked > 0, refusal, join };
}
