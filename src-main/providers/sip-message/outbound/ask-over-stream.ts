import { Agent, type Asked } from '../agent/agent.ts';
import type { Question, Thread } from '../agent/write-request.ts';
import { NotReached } from '../flow/flow.ts';
import type { Profile } from '../profile.ts';

export type Asking = {
  readonly question: Question;
  readonly thread: Thread;
  readonly until: AbortSignal;
};

const silentAgent = {
  onRequest: () => Promise.resolve({ status: 480, reason: 'Temporarily Unavailable' }),
  onLife: () => undefined,
  onLost: () => undefined,
};

/**
 * Asks what is too large for a datagram over TCP instead, at the same server (RFC 3261 18.1.1); null where it takes none, so
 * that nothing left.
 */
export async function askOverStream(
  profile: Profile,
  { question, thread, until }: Asking,
): Promise<Asked | null> {
  const { way } = profile;
  if (way.transport !== 'udp') return null;
  const overTcp: Profile = { ...profile, way: { ...way, transport: 'tcp' } };
  try {
    const agent = await Agent.open(overTcp, until, silentAgent);
    return await agent.ask(question, thread).finally(() => agent.close());
  } catch (error) {
    if (error instanceof NotReached) return null;
    throw error;
  }
}
