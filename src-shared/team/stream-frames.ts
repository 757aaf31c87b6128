import { z } from 'zod';

import { connectionIdSchema, numberTypeSchema } from '../message/line.ts';
import { teamEventSchema } from './team-event.ts';

/** Raised whenever a frame changes its meaning; both ends say theirs. */
export const streamVersion = 1;

/** Where the stream is, and the WebSocket subprotocol both ends name. */
export const streamPath = '/stream';
export const streamProtocol = 'trunkline.stream.1';

/** What both ends hold to. Milliseconds, octets and counts. */
export const streamLimits = {
  /** The longest frame a desktop may send, and the longest the relay does. */
  frameFromDesktop: 128 * 1_024,
  frameFromRelay: 8 * 1_024 * 1_024,
  /** Deliveries on the way that are not acknowledged yet: past either the relay waits, and its place in the log stays. */
  unacknowledged: 256,
  bufferedOctets: 1_024 * 1_024,
  /** A desktop that has not said who it is by then is let go. */
  helloWithinMs: 10_000,
  pingEveryMs: 20_000,
  deadAfterMs: 45_000,
} as const;

/** Close codes of our own. After those marked, connecting again as before is of no use. */
export const streamCloseCodes = {
  leaving: 1001,
  tooLong: 1009,
  overloaded: 1013,
  badFrame: 4400,
  /** Not known here, or the signature is wrong: no use. */
  notAuthentic: 4401,
  /** Taken off the list of desktops: no use. */
  revoked: 4403,
  slow: 4408,
  /** The workspace has more connections than go into one frame: no use until they are divided. */
  tooMany: 4413,
  /** The same desktop connected once more: no use for this one. */
  replaced: 4409,
  /** The way to the relay is not encrypted, so it gives away no credentials: no use until the relay is started otherwise. */
  unprotected: 4421,
  /** The other end speaks another version: no use until one is updated. */
  version: 4426,
} as const;

const seq = z.int().nonnegative();
const base64url = z.string().regex(/^[\w-]*$/);

/** A delivery on the wire: the body as base64. */
export const wireDeliverySchema = z.object({
  provider: z.string().max(64),
  connectionId: z.string().max(128),
  method: z.string().max(16),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.base64(),
  receivedAt: z.int(),
});

/** A connection of the workspace with all a desktop needs to send over it. */
export const sharedConnectionSchema = z.object({
  connectionId: connectionIdSchema,
  provider: z.string().max(40),
  label: z.string().max(60),
  baseUrl: z.string().nullable(),
  /** Where its carrier reaches the relay, without a path. */
  publicUrl: z.string(),
  credentials: z.record(z.string(), z.string()),
  /** Last part of its hooks' address, where its carrier signs nothing. */
  pathSecret: z.string().nullable(),
  disabled: z.boolean(),
  numbers: z.array(
    z.object({
      number: z.string(),
      label: z.string(),
      numberType: numberTypeSchema,
      colour: z.string(),
    }),
  ),
});
export type SharedConnection = z.infer<typeof sharedConnectionSchema>;

/** A desktop of the team as the others see it. */
export const memberSchema = z.object({ id: z.string(), name: z.string(), online: z.boolean() });
export type Member = z.infer<typeof memberSchema>;

/** What the relay says. */
export const relayFrameSchema = z.discriminatedUnion('type', [
  /** The first word, to be signed. `relay` is the relay's id for good, the same for all its workspaces. */
  z.object({ type: z.literal('challenge'), version: z.int(), relay: z.string(), nonce: base64url }),
  /** Answers `pair`: the desktop keeps its id and connects anew, saying hello. */
  z.object({
    type: z.literal('paired'),
    desktop: z.string(),
    relay: z.string(),
    workspace: z.string(),
  }),
  z.object({ type: z.literal('pair-refused'), sentence: z.string() }),
  /** Answers `hello`. `after` is where the deliveries go on: another than was asked for where `reset` says why. */
  z.object({
    type: z.literal('welcome'),
    desktop: z.string(),
    workspace: z.string(),
    log: z.string(),
    after: seq,
    lastSeq: seq,
    /** `other-log`: the cursor is of another log. `ahead`: it is past the end. `trimmed`: what follows it is gone. */
    reset: z.enum(['other-log', 'ahead', 'trimmed']).nullable(),
  }),
  z.object({ type: z.literal('connections'), connections: z.array(sharedConnectionSchema) }),
  z.object({ type: z.literal('members'), members: z.array(memberSchema) }),
  z.object({
    type: z.literal('delivery'),
    seq,
    raw: wireDeliverySchema,
    /** The how many-th thing that came in for this number of ours; left out or null where the relay's log does not count. */
    line: z.object({ number: z.string(), count: z.int().positive() }).nullish(),
  }),
  /** The newest number there is, at most once a second while the desktop is behind. */
  z.object({ type: z.literal('tip'), lastSeq: seq }),
  z.object({ type: z.literal('appended'), id: z.int(), seq, duplicate: z.boolean() }),
  z.object({
    type: z.literal('not-appended'),
    id: z.int(),
    sentence: z.string(),
    again: z.boolean(),
  }),
]);
export type RelayFrame = z.infer<typeof relayFrameSchema>;

/** What a desktop says. */
export const desktopFrameSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('pair'),
    version: z.int(),
    code: z.string().max(64),
    name: z.string().trim().min(1).max(60),
    /** Ed25519, the 32 octets of the public key. */
    publicKey: base64url.length(43),
  }),
  z.strictObject({
    type: z.literal('hello'),
    version: z.int(),
    desktop: z.string().max(64),
    /** Ed25519 over {@link helloToSign}. */
    signature: base64url.length(86),
    /** The log that `after` is a number of; null at the first time. */
    log: z.string().max(128).nullable(),
    after: seq,
  }),
  /** Everything up to this number is committed on the desktop. */
  z.strictObject({ type: z.literal('ack'), seq }),
  z.strictObject({ type: z.literal('append'), id: z.int(), event: teamEventSchema }),
  /** What came in over a standing session that this desktop keeps. */
  z.strictObject({
    type: z.literal('append-arrival'),
    id: z.int(),
    connectionId: connectionIdSchema,
    key: z.string().max(512),
    headers: z.record(z.string().max(128), z.string().max(8_192)),
    body: z.base64(),
  }),
]);
export type DesktopFrame = z.infer<typeof desktopFrameSchema>;

export type HelloParts = {
  readonly relay: string;
  readonly nonce: string;
  readonly desktop: string;
};

/** What a desktop signs to show that it holds its key: useless for another relay, another desktop, another time. */
export function helloToSign({ relay, nonce, desktop }: HelloParts): string {
  return `trunkline stream 1\n${relay}\n${nonce}\n${desktop}`;
}
