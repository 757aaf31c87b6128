import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { makePrivateFolder, writeDurably } from '#main/files/write-durably.ts';
import { log as writeLog } from '#main/log/log.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';

import {
  type KeptLink,
  addLink,
  findLink,
  forgetEnded,
  heldFiles,
  heldOctets,
  isHeld,
  openLinkBook,
  spendProof,
} from './link-book.ts';
import { type LinkToken, digestOf, newToken, pathOfLink } from './link-path.ts';

/**
 * How long a link works, in milliseconds: 48 hours. A carrier fetches when its own queue comes to the text, which Twilio lets
 * last 10 hours and Plivo and Telnyx 3 to 4, and tries again where it did not get the file.
 */
export const linkLifeMs = 48 * 60 * 60 * 1_000;
/** Octets of all files together: some thousand pictures, as large as carriers take them. */
const mostOctets = 512 * 1_024 * 1_024;
/** What has ended is kept so much longer, so that a fetch under way at the end gets the whole file. */
const graceMs = 60 * 60 * 1_000;
const sweepEveryMs = 60 * 60 * 1_000;

export type MediaLinksParts = {
  /** Folder of the files and of the book of links; made with the first link. */
  readonly folder: string;
  readonly clock: Clock;
  /** Octets of all files together; 512 MiB by default. */
  readonly mostOctets?: number;
};

/** `path` is `/media/<token>.<ending>`, to be put after the address under which the relay is reached. */
export type MadeLink = { readonly path: string; readonly expiresAt: number };

/** A file that a link leads to. */
export type LinkedFile = {
  readonly file: string;
  readonly type: string;
  readonly size: number;
};

/** There is no room for another file; `message` says so in a sentence. */
export class MediaLinksFull extends Error {
  override readonly name = 'MediaLinksFull';
}

/**
 * Files that carriers fetch, each under links that nobody can guess. A link is for one file and one attempt at one text, and
 * ends by itself. What was given out survives the end of the program, however it ends.
 */
export class MediaLinks {
  readonly #parts: MediaLinksParts;
  #db: WritableDb | null = null;
  /** One deed at a time, so that no file is cleared away between its writing and its link. */
  #busy: Promise<unknown> = Promise.resolve();
  #callOff: () => void = () => undefined;
  #isSwept = false;
  #isClosed = false;

  constructor(parts: MediaLinksParts) {
    this.#parts = parts;
    if (existsSync(this.#bookFile)) this.#sweepNowAndThen();
  }

  /**
   * Makes a link to these bytes; it is durable when this resolves.
   * @param type as which they are served: by our own sniffing, never by what somebody said
   * @throws {MediaLinksFull}
   */
  make(bytes: Uint8Array, type: string): Promise<MadeLink> {
    return this.#inTurn(() => this.#make(bytes, type));
  }

  /** The file a link leads to; null for one that was never made, or has ended. */
  find(token: LinkToken): (LinkedFile & { readonly path: string }) | null {
    if (this.#db === null && !existsSync(this.#bookFile)) return null;
    const link = findLink(this.#open(), digestOf(token));
    if (link === undefined || link.expiresAt <= this.#parts.clock.now()) return null;
    const { file, type, size } = link;
    return { file, type, size, path: path.join(this.#parts.folder, file) };
  }

  /** Notes that a proof of who is asking was shown; false where it was shown before. Forgotten after `forgetAt`. */
  async spendProof(proof: Uint8Array, forgetAt: number): Promise<boolean> {
    await makePrivateFolder(this.#parts.folder);
    return spendProof(this.#open(), proof, forgetAt);
  }

  /** Clears away what ended a while ago, and files that no link leads to. */
  sweep(): Promise<void> {
    return this.#inTurn(() => this.#sweep());
  }

  /** Waits for what is under way and closes the book; whoever asks for anything later is refused. */
  async close(): Promise<void> {
    this.#callOff();
    await this.#busy;
    this.#isClosed = true;
    this.#db?.close();
    this.#db = null;
  }

  get #bookFile(): string {
    return path.join(this.#parts.folder, 'links.db');
  }

  #open(): WritableDb {
    if (this.#isClosed) throw new Error('the book of links is closed');
    this.#db ??= openLinkBook(this.#bookFile);
    this.#sweepNowAndThen();
    return this.#db;
  }

  #inTurn<Result>(deed: () => Promise<Result>): Promise<Result> {
    const done = this.#busy.then(deed);
    this.#busy = done.catch(() => undefined);
    return done;
  }

  async #make(bytes: Uint8Array, type: string): Promise<MadeLink> {
    const { folder, clock } = this.#parts;
    await makePrivateFolder(folder);
    const db = this.#open();
    const file = createHash('sha256').update(bytes).digest('hex');
    if (!isHeld(db, file)) this.#assertRoom(db, bytes.byteLength);
    await this.#write(path.join(folder, file), bytes);
    const token = newToken();
    const link: KeptLink = {
      digest: digestOf(token),
      file,
      type,
      size: bytes.byteLength,
      expiresAt: clock.now() + linkLifeMs,
    };
    addLink(db, link);
    return { path: pathOfLink(token, type), expiresAt: link.expiresAt };
  }

  #assertRoom(db: WritableDb, octets: number): void {
    const most = this.#parts.mostOctets ?? mostOctets;
    if (heldOctets(db) + octets <= most) return;
    const limit = Math.floor(most / 1_048_576).toLocaleString('en-US');
    throw new MediaLinksFull(
      `The pictures of the last two days fill the ${limit} MB there is for them: try again later.`,
    );
  }

  async #write(file: string, bytes: Uint8Array): Promise<void> {
    const there = await stat(file).catch(() => null);
    if (there?.size !== bytes.byteLength) await writeDurably(file, bytes);
  }

  #sweepNowAndThen(): void {
    if (this.#isSwept) return;
    this.#isSwept = true;
    const again = (): void => {
      this.sweep().catch((error: unknown) =>
        writeLog('media-links.not-swept', { error: error instanceof Error ? error.name : null }),
      );
      this.#callOff = this.#parts.clock.after(sweepEveryMs, again);
    };
    again();
  }

  async #sweep(): Promise<void> {
    const { folder, clock } = this.#parts;
    const db = this.#open();
    const now = clock.now();
    forgetEnded(db, { now, endedBefore: now - graceMs, latestEnd: now + linkLifeMs });
    const held = heldFiles(db);
    for (const name of await readdir(folder)) {
      const isOver = /^[0-9a-f]{64}(?:\..*\.tmp)?$/.test(name) && !held.has(name);
      if (isOver) await rm(path.join(folder, name), { force: true });
    }
  }
}
