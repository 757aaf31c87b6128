import { UnreadableDelivery } from '#shared/provider/delivery.ts';

import type { Profile } from '../profile.ts';
import { readNameAddress, readUri } from '../wire/address.ts';
import type { Envelope } from '../wire/envelope.ts';
import { type SipRequest, headersOf } from '../wire/message.ts';
import { splitList } from '../wire/split-list.ts';
import { numberIn, numberInHeader } from './number-of.ts';

type Ours = Pick<Profile, 'didHeader' | 'numbers'>;

/* Headers in which carriers are known to say which number a text was for; they may hold an account's name instead. */
const usualHeaders = ['x-sms-to', 'p-called-party-id'];

/**
 * Which of our numbers a text is to. A registered endpoint is called by its contact, so the request's own address often says
 * nothing: first the header that the profile or custom names, then the request and To where they name a number of ours, then
 * the only number there is. A number in such a header is believed though it is not listed here yet.
 * @throws UnreadableDelivery
 */
export function receivingNumber(
  { didHeader, numbers }: Ours,
  request: SipRequest,
  { to }: Envelope,
): string {
  const isOurs = (number: string): boolean => numbers.includes(number);
  const told = (didHeader === null ? usualHeaders : [didHeader.toLowerCase()]).flatMap((name) =>
    numbersIn(request, name),
  );
  const believed = told.find((each) => didHeader !== null || /^\+\d{8,}$/.test(each));
  const called = [request.uri, to.uri].map(numberIn).filter((each) => each !== null);
  const diverted = didHeader === null ? numbersIn(request, 'history-info') : [];
  const only = numbers.length === 1 ? numbers[0] : undefined;
  const number = told.find(isOurs) ?? believed ?? [...diverted, ...called].find(isOurs) ?? only;
  if (number !== undefined) return number;
  throw new UnreadableDelivery(
    'it does not say which number of ours it is to: name the header that does',
  );
}

function numbersIn(request: SipRequest, name: string): readonly string[] {
  return headersOf(request, name)
    .flatMap((value) => splitList(value))
    .map(numberInHeader)
    .filter((each) => each !== null);
}

/** Who a text is from, as we keep numbers; a name where the carrier gives no number. @throws UnreadableDelivery */
export function sendingNumber(request: SipRequest, { from }: Envelope): string {
  const asserted = headersOf(request, 'p-asserted-identity').flatMap((value) => splitList(value));
  const candidates = [from.uri, ...asserted.map((value) => readNameAddress(value).uri)];
  const number = candidates.map(numberIn).find((each) => each !== null);
  if (number !== undefined) return number;
  const user = readUri(from.uri)?.user ?? '';
  if (/^[A-Za-z0-9 ._&-]{1,64}$/.test(user)) return user;
  throw new UnreadableDelivery('it does not say who it is from');
}
