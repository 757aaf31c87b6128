import type { Asked } from '../agent/agent.ts';
import { retryAfter } from '../outbound/judge.ts';
import type { Profile } from '../profile.ts';
import { pauseAfterRefusal } from './pause.ts';
import type { Granted } from './register.ts';

/** Why a registration is not there, as a sentence, and how long to leave the server alone; null for the usual pause. */
export type Ending = { readonly sentence: string; readonly pauseMs: number | null };

/** Why a server did not register us. */
export function whyNotRegistered({ domain }: Profile, asked: Asked): Ending {
  switch (asked.kind) {
    case 'login-refused':
      return {
        sentence: asked.understood
          ? `${domain} refused the user name or the password: correct them.`
          : `${domain} asks for a proof that is neither MD5 nor SHA-256, so nothing can be sent over it.`,
        pauseMs: pauseAfterRefusal(Math.random),
      };
    case 'silent':
      return usual(`${domain} does not answer.`);
    case 'lost':
      return usual(`${asked.sentence}.`);
    case 'not-sent':
    case 'too-large':
      return usual('The connection broke.');
    case 'answered':
      return {
        sentence: sentenceFor(domain, asked.response),
        pauseMs:
          asked.response.status === 404
            ? pauseAfterRefusal(Math.random)
            : retryAfter(asked.response),
      };
  }
}

const usual = (sentence: string): Ending => ({ sentence, pauseMs: null });

function sentenceFor(
  domain: string,
  { status, reason }: { status: number; reason: string },
): string {
  const code = `${status}: ${reason.slice(0, 80)}`;
  switch (status) {
    case 403:
      return `${domain} does not let this account register from here (${code}): ask the carrier.`;
    case 404:
      return `${domain} does not know this account (${code}): correct the user name or the domain.`;
    case 405:
    case 501:
      return `${domain} registers nobody (${code}): set Register to no, or ask the carrier.`;
    default:
      return `${domain} did not register us (${code}).`;
  }
}

/** How a registered session fares, as a sentence. */
export function sentenceForRegistered(
  { domain, register }: Profile,
  { transport, granted }: { transport: string; granted: Granted },
): string {
  const done = register ? 'Registered with' : 'Connected to';
  const clear = transport === 'TLS' || transport === 'WSS' ? '' : ', unencrypted';
  const others =
    granted.others === 0
      ? ''
      : `; ${granted.others} more ${granted.others === 1 ? 'device is' : 'devices are'} registered on this account and may get texts in our place`;
  return `${done} ${domain} over ${transport}${clear}${others}`;
}
