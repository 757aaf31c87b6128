import type { OutboundText } from '#shared/provider/provider.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import type { Question } from '../agent/write-request.ts';
import type { Profile } from '../profile.ts';
import { writeCpim } from '../wire/cpim.ts';
import type { SipHeader } from '../wire/message.ts';
import { toCarrier } from './number-forms.ts';

/** A text as the question that carries it, or why it cannot be one. */
export type Written =
  | { readonly kind: 'written'; readonly question: Question }
  | { readonly kind: 'impossible'; readonly failure: SendFailure };

type Form = {
  readonly at: Date;
  /** Wrapped in CPIM; with the id that receipts will name, where they are asked for. */
  readonly cpim: { readonly messageId: string | null } | null;
};

export function writeText(profile: Profile, text: OutboundText, form: Form): Written {
  if (text.mediaUrls.length > 0) return impossible('media', 'SIP MESSAGE carries text alone');
  const from = toCarrier(text.from, profile.numberFormat);
  const to = toCarrier(text.to, profile.numberFormat);
  if (from === null)
    return impossible('not-allowed', 'the line cannot be written as the carrier wants');
  if (to === null)
    return impossible('invalid-number', `no number in the form ${profile.numberFormat}`);
  const length = Buffer.byteLength(text.text);
  if (length > profile.maxBytes)
    return impossible('too-long', `${length} bytes, and the profile allows ${profile.maxBytes}`);
  return { kind: 'written', question: asQuestion(profile, { from, to, text: text.text }, form) };
}

function impossible(kind: FailureKind, raw: string): Written {
  return { kind: 'impossible', failure: { kind, raw } };
}

type Sides = { readonly from: string; readonly to: string; readonly text: string };

function asQuestion(profile: Profile, { from, to, text }: Sides, { at, cpim }: Form): Question {
  const { domain, username, fromUser, senderHeader } = profile;
  const inFrom = senderHeader.toLowerCase() === 'from';
  const own = `sip:${fromUser ?? (inFrom ? from : username)}@${domain}`;
  const peer = `sip:${to}@${domain}`;
  const type = cpim === null ? 'text/plain;charset=UTF-8' : 'message/cpim';
  const body =
    cpim === null
      ? Buffer.from(text, 'utf8')
      : writeCpim({ from: `sip:${from}@${domain}`, to: peer, at, text, ...cpim });
  return {
    method: 'MESSAGE',
    uri: peer,
    from: own,
    to: peer,
    headers: [
      ['Date', at.toUTCString()],
      ...(inFrom ? [] : [senderHeaderFor({ name: senderHeader, number: from, domain })]),
      ['Content-Type', type],
    ],
    body,
  };
}

/* P-Asserted-Identity and P-Preferred-Identity hold an address (RFC 3325 9); headers of a carrier's own hold the number. */
function senderHeaderFor(sender: { name: string; number: string; domain: string }): SipHeader {
  const { name, number, domain } = sender;
  const isAddress = /^p-(?:asserted|preferred)-identity$/i.test(name);
  return [name, isAddress ? `<sip:${number}@${domain}>` : number];
}
