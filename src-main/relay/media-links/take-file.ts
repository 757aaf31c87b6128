import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { log as writeLog } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { uploadHeaders, uploadLimits, uploadToSign } from '#shared/team/file-upload.ts';

import type { Answer } from '../answer.ts';
import { addressKey, isLoopback } from '../caller-address.ts';
import { defaultLimits } from '../intake-limits.ts';
import { RateLimit } from '../rate-limit.ts';
import { readBody } from '../read-body.ts';
import { Refusal } from '../refusal.ts';
import type { DesktopBook } from '../stream/desktop-book.ts';
import { isSigned } from '../stream/verify-hello.ts';
import { type MediaLinks, MediaLinksFull } from './media-links.ts';

/** Files on their way at once, over all desktops: together they fit the memory. */
const mostAtOnce = 8;

/** What taking files needs of a workspace. */
export type FileWorkspace = {
  readonly desktops: Pick<DesktopBook, 'relayId' | 'find'>;
  readonly links: MediaLinks;
  /** Where the carrier of a connection reaches the relay, without a path; null for a connection that is not here. */
  addressFor(connectionId: string): string | null;
};

export type FileTakerParts = {
  readonly clock: Clock;
  readonly workspaces: readonly FileWorkspace[];
  /** The type of a picture by its content; null for what is none. */
  typeOf(bytes: Uint8Array): string | null;
};

type Claimed = Readonly<Record<keyof typeof uploadHeaders, string>>;

/** Takes files of paired desktops and answers each with its link. */
export class FileTaker {
  readonly #parts: FileTakerParts;
  readonly #refusals: RateLimit;
  #underWay = 0;

  constructor(parts: FileTakerParts) {
    this.#parts = parts;
    this.#refusals = new RateLimit(defaultLimits.refusedPerAddress, parts.clock);
  }

  /** Answers `POST /media` with 201 and `{ url, expiresAt }`. Throws {@link Refusal}. */
  async take(request: IncomingMessage): Promise<Answer> {
    const claimed = readClaims(request);
    const workspace = await this.#admit(request, claimed);
    const address = workspace.addressFor(claimed.connection);
    if (address === null) throw new Refusal(404, 'unknown-connection');
    if (this.#underWay >= mostAtOnce)
      throw new Refusal(503, 'cannot-commit', { 'retry-after': '2' });
    this.#underWay += 1;
    try {
      return await this.#keep(workspace, address, await readFile(request, claimed));
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Lets in whoever shows, before a single octet of the file is read, to be a paired desktop, and once with each proof. */
  async #admit(request: IncomingMessage, claimed: Claimed): Promise<FileWorkspace> {
    const from = request.socket.remoteAddress ?? '';
    const address = isLoopback(from) ? null : addressKey(from);
    if (address !== null && !this.#refusals.allows(address))
      throw new Refusal(429, 'address-rate', { 'retry-after': '1' });
    const workspace = await this.#workspaceOf(claimed);
    if (workspace !== null) return workspace;
    if (address !== null) this.#refusals.take(address);
    throw new Refusal(403, 'not-authentic');
  }

  async #workspaceOf(claimed: Claimed): Promise<FileWorkspace | null> {
    const { clock, workspaces } = this.#parts;
    const now = clock.now();
    if (Math.abs(now - Number(claimed.time)) > uploadLimits.clockMs) return null;
    const workspace = workspaces.find(({ desktops }) => desktops.find(claimed.desktop) !== null);
    const desktop = workspace?.desktops.find(claimed.desktop) ?? null;
    const relay = workspace?.desktops.relayId ?? '';
    const key = desktop?.revokedAt === null ? desktop.publicKey : null;
    const isAuthentic = isSigned(key, uploadToSign({ relay, ...claimed }), claimed.signature);
    if (!isAuthentic || workspace === undefined) return null;
    // By its octets: one signature can be written in several ways.
    const signature = Buffer.from(claimed.signature, 'base64url');
    const proof = createHash('sha256').update(signature).digest();
    const isNew = await workspace.links.spendProof(proof, now + 2 * uploadLimits.clockMs);
    return isNew ? workspace : null;
  }

  async #keep({ links }: FileWorkspace, address: string, bytes: Buffer): Promise<Answer> {
    const type = this.#parts.typeOf(bytes);
    if (type === null) throw new Refusal(415, 'no-picture');
    const { path, expiresAt } = await this.#link(links, bytes, type);
    const body = JSON.stringify({ url: address.replace(/\/+$/, '') + path, expiresAt });
    return {
      status: 201,
      type: 'application/json',
      body,
      headers: { 'cache-control': 'no-store' },
    };
  }

  async #link(links: MediaLinks, bytes: Buffer, type: string) {
    try {
      return await links.make(bytes, type);
    } catch (error) {
      if (error instanceof MediaLinksFull) throw new Refusal(507, 'media-full');
      writeLog('media-links.not-made', { error: error instanceof Error ? error.name : null });
      throw new Refusal(503, 'cannot-commit', { 'retry-after': '5' });
    }
  }
}

const shapes: Readonly<Record<keyof typeof uploadHeaders, RegExp>> = {
  desktop: /^[\w-]{1,64}$/,
  connection: /^[\w-]{1,128}$/,
  time: /^\d{1,15}$/,
  nonce: /^[\w-]{22}$/,
  digest: /^[\w-]{43}$/,
  signature: /^[\w-]{86}$/,
};

function readClaims({ headers }: IncomingMessage): Claimed {
  const read = (name: keyof typeof uploadHeaders): string => {
    const value = headers[uploadHeaders[name]];
    if (typeof value === 'string' && shapes[name].test(value)) return value;
    throw new Refusal(403, 'not-authentic');
  };
  return {
    desktop: read('desktop'),
    connection: read('connection'),
    time: read('time'),
    nonce: read('nonce'),
    digest: read('digest'),
    signature: read('signature'),
  };
}

/** The file, which must be the one that was signed for. */
async function readFile(request: IncomingMessage, { digest }: Claimed): Promise<Buffer> {
  const bytes = await readBody(request, uploadLimits.octets);
  if (createHash('sha256').update(bytes).digest('base64url') === digest) return bytes;
  throw new Refusal(403, 'not-authentic');
}
