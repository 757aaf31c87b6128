import type { Clock } from '#shared/contract/clock.ts';
import { type RelayFrame, streamLimits, streamVersion } from '#shared/team/stream-frames.ts';

import { type StreamEnd, lateEnd, oddFrameEnd, versionEnd } from './stream-end.ts';
import { StreamSocket } from './stream-socket.ts';

export type Pairing = {
  readonly streamUrl: string;
  readonly clock: Clock;
  readonly code: string;
  readonly name: string;
  /** Ed25519, base64url. */
  readonly publicKey: string;
};

export type PairOutcome =
  | {
      readonly kind: 'paired';
      readonly desktop: string;
      readonly relay: string;
      readonly workspace: string;
    }
  /** The relay wants none of this code. */
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly end: StreamEnd };

/** Makes this desktop known to a relay by a one-time code. */
export function pairDesktop(pairing: Pairing): Promise<PairOutcome> {
  return new Promise((resolve) => {
    const settle = (outcome: PairOutcome): void => {
      cancel();
      socket.close();
      resolve(outcome);
    };
    const socket = new StreamSocket({
      url: pairing.streamUrl,
      clock: pairing.clock,
      onFrame: (frame) => {
        const answer = answerTo(frame, pairing);
        if ('send' in answer) socket.send(answer.send);
        else settle(answer);
      },
      onEnd: (end) => settle({ kind: 'failed', end }),
    });
    const cancel = pairing.clock.after(streamLimits.helloWithinMs, () => socket.end(lateEnd));
  });
}

type Answer = { readonly send: Parameters<StreamSocket['send']>[0] } | PairOutcome;

function answerTo(frame: RelayFrame, { code, name, publicKey }: Pairing): Answer {
  switch (frame.type) {
    case 'challenge':
      return frame.version === streamVersion
        ? { send: { type: 'pair', version: streamVersion, code, name, publicKey } }
        : { kind: 'failed', end: versionEnd(frame.version, streamVersion) };
    case 'paired': {
      const { desktop, relay, workspace } = frame;
      return { kind: 'paired', desktop, relay, workspace };
    }
    case 'pair-refused':
      return { kind: 'refused', sentence: frame.sentence };
    default:
      return { kind: 'failed', end: oddFrameEnd };
  }
}
