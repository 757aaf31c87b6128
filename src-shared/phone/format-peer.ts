import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

const northAmerican = /^\+1(\d{3})(\d{3})(\d{4})$/u;

/**
 * A peer as people write it: `(206) 555-0142` for +1, `+44 20 7946 0958` for other countries. Short codes, alphanumeric
 * senders and anything else a carrier may put there stay as they are.
 */
export function formatPeer(peer: string): string {
  const parts = northAmerican.exec(peer);
  if (parts !== null) return `(${parts[1]}) ${parts[2]}-${parts[3]}`;
  if (!peer.startsWith('+')) return peer;
  return parsePhoneNumberFromString(peer)?.formatInternational() ?? peer;
}

/** The calling code of an E.164 peer with its plus, such as `+44`; null for a short code or an alphanumeric sender. */
export function callingCodeOf(peer: string): string | null {
  if (peer.startsWith('+1')) return '+1';
  const number = peer.startsWith('+') ? parsePhoneNumberFromString(peer) : undefined;
  return number === undefined ? null : `+${number.countryCallingCode}`;
}
