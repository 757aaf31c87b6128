import { randomUUID } from 'node:crypto';

import type { ApiReply } from './loopback-api.ts';

/** A refusal as this carrier words it. */
export class PlivoComplaint extends Error {
  readonly reply: ApiReply;

  constructor(status: number, error: string, headers: Readonly<Record<string, string>> = {}) {
    super(error);
    this.reply = { status, headers, body: { api_id: randomUUID(), error } };
  }
}
