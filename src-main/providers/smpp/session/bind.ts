import type { Profile } from '../profile.ts';
import { encodeBind } from '../wire/bind-body.ts';
import { commandIds } from '../wire/command-ids.ts';
import { noBody } from '../wire/pdu.ts';
import { Link, type OnQuestion } from './link.ts';
import { Unreachable, openSocket } from './open-socket.ts';
import type { SessionTimes } from './session-times.ts';

/** How an attempt to bind ended. `refused` has the carrier's command_status. */
export type Binding =
  | { readonly kind: 'bound'; readonly link: Link }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'silent'; readonly reason: string };

const commands = {
  transmitter: commandIds.bindTransmitter,
  receiver: commandIds.bindReceiver,
  transceiver: commandIds.bindTransceiver,
} as const;

export type Binder = {
  readonly profile: Profile;
  readonly times: Pick<SessionTimes, 'connect' | 'bind'>;
  readonly onQuestion: OnQuestion;
  /** Gives the attempt up. */
  readonly signal: AbortSignal;
};

/** Opens a connection and binds it. Resolves always. */
export async function bind(as: keyof typeof commands, binder: Binder): Promise<Binding> {
  const { profile, times, signal } = binder;
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(times.connect)]);
    const link = new Link(await openSocket(profile.place, limit), binder.onQuestion);
    return await login(link, commands[as], binder);
  } catch (error) {
    if (error instanceof Unreachable) return { kind: 'unreachable', reason: error.message };
    throw error;
  }
}

async function login(link: Link, command: number, binder: Binder): Promise<Binding> {
  const { profile, times, signal } = binder;
  const giveUp = (): void => link.end('stopped');
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  const answer = await link.ask(command, encodeBind(profile.login), times.bind);
  signal.removeEventListener('abort', giveUp);
  if (answer.kind === 'answered' && answer.pdu.status === 0) return { kind: 'bound', link };
  link.end('not bound');
  if (answer.kind === 'answered') return { kind: 'refused', status: answer.pdu.status };
  return { kind: 'silent', reason: answer.kind === 'lost' ? answer.reason : 'stopped' };
}

/** Says goodbye over a bound link and closes it. */
export async function unbind(link: Link, withinMs: number): Promise<void> {
  await link.ask(commandIds.unbind, noBody, withinMs);
  link.end('unbound');
}
