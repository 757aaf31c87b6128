import { type NumberReading, readNumber } from '#shared/phone/read-number.ts';

const digits = /^\+?\d{7,15}$/;

/**
 * Reads the other side of a thread. Who wrote to us is answered at exactly the number the carrier has for them, even where
 * no numbering plan knows it; only a name cannot be answered.
 */
export function readPeer(peer: string): NumberReading {
  const reading = readNumber(peer);
  if (!digits.test(peer)) return reading;
  const national = reading.kind === 'number' ? reading.national : peer;
  return { kind: 'number', e164: peer, national, hint: null };
}
