import { type UnansweredReason, codeOf, whyUnanswered } from '#main/http/why-unanswered.ts';
import { streamCloseCodes } from '#shared/team/stream-frames.ts';

/** How a stream, or the try to open one, ended. */
export type StreamEnd = {
  /** What happened, as a sentence without the address. */
  readonly sentence: string;
  readonly cure: string;
  /** Connecting again as before is of no use: a person must act. */
  readonly final: boolean;
};

/** The cure of what passes by itself. */
export const triesAgain = 'Trunkline tries again by itself.';

/** Ends that a close code of the relay names. */
const named: Readonly<Record<number, StreamEnd>> = {
  [streamCloseCodes.leaving]: passing('The relay is being stopped or restarted.'),
  [streamCloseCodes.tooLong]: passing('The relay refused a frame as too long.'),
  [streamCloseCodes.overloaded]: passing('The relay has too much to do.'),
  [streamCloseCodes.badFrame]: passing('The relay did not understand this desktop.'),
  [streamCloseCodes.slow]: passing('The relay gave up waiting for this desktop.'),
  [streamCloseCodes.tooMany]: final(
    'The relay keeps more accounts in this workspace than it can tell a desktop.',
    'Divide its accounts among several workspaces, and start the relay again.',
  ),
  [streamCloseCodes.notAuthentic]: final(
    'The relay does not know this desktop.',
    'Leave the team and join it again with a new code.',
  ),
  [streamCloseCodes.revoked]: final(
    'This desktop was taken off the team’s list.',
    'Ask for a new code, leave the team and join it again.',
  ),
  [streamCloseCodes.replaced]: final(
    'The same desktop is connected from elsewhere.',
    'A data folder may run in one place only: end the other one and start this one again, or leave the team here and join it anew.',
  ),
  [streamCloseCodes.unprotected]: final(
    'The way to the relay is not encrypted, so it gives away no credentials.',
    'Have the relay started with a certificate, or behind a proxy that has one.',
  ),
  [streamCloseCodes.version]: final(
    'The relay speaks another version of the stream.',
    'Update Trunkline here and on the relay.',
  ),
};

const unopened: Partial<Record<UnansweredReason, readonly [string, string]>> = {
  dns: ['There is no computer of this name.', 'Check the address and the network.'],
  refused: ['Nothing answers at this address.', 'Check the address, and that the relay runs.'],
  'connect-timeout': ['Nothing answered in time.', 'Check the address and the network.'],
  tls: [
    'The certificate of the relay is not trusted by this computer.',
    'Have the relay’s certificate put right; it must be valid for the name in the address.',
  ],
};

export const silentEnd = passing('Nothing was heard of the relay for too long.');
export const lateEnd = passing('The relay did not answer in time.');
export const oddFrameEnd = passing('The relay said something that cannot be understood here.');
export const notKeptEnd = passing('What the relay told could not be saved here.');
export const keyEnd = final(
  'The key of this desktop is damaged or missing.',
  'Leave the team and join it again with a new code.',
);
export const otherRelayEnd = final(
  'Another relay answers at this address than the one this desktop joined.',
  'Put the old relay back, or leave the team and join this one.',
);

export function versionEnd(theirs: number, ours: number): StreamEnd {
  const older = theirs > ours ? 'here' : 'on the relay';
  return final('The relay speaks another version of the stream.', `Update Trunkline ${older}.`);
}

/** The end of a socket that had been open. */
export function endOfClose(code: number): StreamEnd {
  return named[code] ?? passing('The connection to the relay broke.');
}

/** The end of a socket that never opened. `status`: the relay's answer was no WebSocket but this HTTP status. */
export function endOfOpening(error: unknown, status: number | null): StreamEnd {
  if (status !== null) return notRelay(`It answered with status ${status}.`);
  const why = whyUnanswered(error, { stage: 'connecting', gaveUp: 'no' });
  const [sentence, cure] = unopened[why] ?? [];
  if (sentence !== undefined && cure !== undefined) return { sentence, cure, final: false };
  // The system names what goes wrong on the way; what ws or the HTTP parser does not like was said by the other end.
  const code = codeOf(error);
  const isOdd = code === null || code.startsWith('HPE_');
  return isOdd ? notRelay('') : passing('The relay could not be reached.');
}

function notRelay(more: string): StreamEnd {
  return {
    sentence: `What answers at this address is no Trunkline relay. ${more}`.trim(),
    cure: 'Check the address; a proxy before the relay must let WebSockets through.',
    final: false,
  };
}

function passing(sentence: string): StreamEnd {
  return { sentence, cure: triesAgain, final: false };
}

function final(sentence: string, cure: string): StreamEnd {
  return { sentence, cure, final: true };
}
