import { withoutSecrets } from '#main/http/answer-outcomes.ts';
import type { Asked as Answer, CredentialTest } from '#shared/provider/carrier-lists.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { Agent, type Asked } from './agent/agent.ts';
import { NotReached } from './flow/flow.ts';
import { failureOf, loginFailure } from './outbound/judge.ts';
import type { Profile } from './profile.ts';
import { Registration, accountQuestion } from './session/register.ts';
import { type SipResponse, headersOf } from './wire/message.ts';
import { splitList } from './wire/split-list.ts';
import { within } from './within.ts';

/** What the server says it takes; null where it does not say, which proves nothing either way. */
export type Abilities = { readonly takesMessages: boolean | null };

/**
 * Are the credentials good? Asks the registrar where the account is registered, over a flow of its own: that proves the login
 * and, unlike a registration, takes no text away from where the account is registered now. A registrar that does not answer
 * such a question is registered with, and at once taken leave of.
 */
export async function testCredentials(
  profile: Profile,
  deadlineMs: number,
): Promise<Answer<CredentialTest>> {
  const account = `${profile.username}@${profile.domain}`;
  return await overOwnFlow<CredentialTest>(profile, deadlineMs, async (agent) => {
    const asked = await agent.ask(
      accountQuestion(profile, profile.register ? 'REGISTER' : 'OPTIONS'),
    );
    if (isGood(asked)) return { kind: 'told', answer: { account } };
    if (!profile.register || !dislikesTheQuestion(asked)) return notTold(asked);
    const registration = new Registration(agent, { ...profile, expires: 60 });
    const registered = await registration.renew();
    if (registered.kind === 'not-granted') return notTold(registered.asked);
    await registration.end();
    return { kind: 'told', answer: { account } };
  });
}

/** What does the server take? Asks with OPTIONS, which costs nothing and sends nothing. */
export async function askAbilities(
  profile: Profile,
  deadlineMs: number,
): Promise<Answer<Abilities>> {
  return await overOwnFlow<Abilities>(profile, deadlineMs, async (agent) => {
    const asked = await agent.ask(accountQuestion(profile, 'OPTIONS'));
    if (!isGood(asked)) return notTold(asked);
    return { kind: 'told', answer: { takesMessages: takesMessages(asked.response) } };
  });
}

function takesMessages(response: SipResponse): boolean | null {
  const methods = headersOf(response, 'allow').flatMap((value) => splitList(value));
  return methods.length === 0 ? null : methods.some((each) => each.toUpperCase() === 'MESSAGE');
}

async function overOwnFlow<Told>(
  profile: Profile,
  deadlineMs: number,
  ask: (agent: Agent) => Promise<Answer<Told>>,
): Promise<Answer<Told>> {
  const until = performance.now() + deadlineMs;
  try {
    const signal = AbortSignal.timeout(Math.max(1, deadlineMs));
    const agent = await Agent.open(profile, signal, ignoring);
    const told = await within(ask(agent), until - performance.now()).finally(() => agent.close());
    if (told === null) return failed({ kind: 'no-answer', raw: 'no answer in time' });
    if (told.kind === 'told') return told;
    return failed(withoutSecrets(told.failure, [profile.login.password]));
  } catch (error) {
    if (error instanceof NotReached) return failed({ kind: 'network', raw: error.message });
    throw error;
  }
}

const ignoring = {
  onRequest: () => Promise.resolve({ status: 480, reason: 'Temporarily Unavailable' }),
  onLife: () => undefined,
  onLost: () => undefined,
};

type Good = Extract<Asked, { readonly kind: 'answered' }>;

function isGood(asked: Asked): asked is Good {
  return asked.kind === 'answered' && asked.response.status >= 200 && asked.response.status < 300;
}

/* FreeSWITCH among others answers 400 to a REGISTER without a Contact. */
function dislikesTheQuestion(asked: Asked): boolean {
  return asked.kind === 'answered' && [400, 403, 406, 500].includes(asked.response.status);
}

function notTold(asked: Asked): Answer<never> {
  switch (asked.kind) {
    case 'login-refused':
      return failed(loginFailure(asked));
    case 'answered':
      return failed(meaningOf(asked.response));
    case 'not-sent':
      return failed({ kind: 'network', raw: 'the connection broke' });
    case 'lost':
      return failed({ kind: 'no-answer', raw: asked.sentence });
    case 'silent':
    case 'too-large':
      return failed({ kind: 'no-answer', raw: 'no answer' });
  }
}

/* To a registration 404 says that there is no such account, where to a text it would speak of the recipient. */
function meaningOf(response: SipResponse): SendFailure {
  const failure = failureOf(response);
  if (response.status === 404 || response.status === 604)
    return { ...failure, kind: 'credentials' };
  if ([480, 486, 600, 603].includes(response.status)) return { ...failure, kind: 'not-allowed' };
  return failure;
}

const failed = (failure: SendFailure): Answer<never> => ({ kind: 'not-told', failure });
