import { type Server, createServer } from 'node:http';

import { log } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';

import { answerApi } from './answer-api.ts';
import { CallbackPoster } from './callback-poster.ts';
import type { Account, Carrier } from './carrier.ts';
import { checkOptions } from './check-options.ts';
import { listenOn, originOf, stopListening } from './listen.ts';
import { openCarrierFile } from './open-carrier-file.ts';

export type SandboxCarrierOptions = {
  /** Path of the carrier's own SQLite file, or `:memory:`. */
  readonly dataFile: string;
  /** Port on 127.0.0.1; 0 picks a free one. */
  readonly port: number;
  readonly account: Account & { readonly webhookUrl: string | null };
  /** The numbers the account may send from, such as +15550100001. */
  readonly numbers: readonly string[];
  /** 1 acts at human pace, 10 ten times as fast. */
  readonly speed: number;
  /** The same seed, texts and references make the same run. */
  readonly seed: number;
  readonly clock: Clock;
};

export type SandboxCarrier = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Where callbacks go from now on; null keeps them until there is an address again. */
  setWebhookUrl(url: string | null): void;
  /** Breaks off what is under way and closes the file. What was not told yet is told after the next start. */
  stop(): Promise<void>;
};

/**
 * Starts the simulated carrier: an HTTP service of its own on loopback. What it took it keeps in its own file, so that after
 * a kill its list still tells the truth, and receipts and replies that were due are still posted.
 *
 * Every call needs `Authorization: Bearer <apiKey>`, else 401. Bodies are JSON; what goes wrong is answered
 * `{ error: { code, message, field? } }`. Times are ISO 8601 in UTC.
 *
 * `POST /v1/messages` `{ from, to, text, media_urls?, reference }` → 202 `{ id, status: 'accepted', reference }`.
 *   400 `invalid_request` (an unknown, missing or malformed field, named in `field`; a text over 1,600 UTF-16 units),
 *   403 `unknown_sender`, 422 `landline` or `opted_out`, 429 `too_many_requests` with Retry-After in seconds. A reference
 *   sent twice is two texts: the carrier has no idempotency keys. What `media_urls` lead to is fetched before the answer:
 *   each must answer 200 with a picture of at most 1 MB within 4 s, else the text is undelivered (`media_unreachable`).
 * `GET /v1/messages?from=&to=&since=&limit=&cursor=` → 200 `{ data, next }`, newest first, all parameters optional;
 *   `next` is the cursor of the following page or null. Each: `{ id, reference, from, to, text, media_urls, status,
 *   error_code, created_at }`, the status one of accepted, sent, delivered, undelivered.
 * `GET /v1/numbers` → 200 `{ data: [{ number, mms }] }`.
 * `GET /v1/media/<file>` → the bytes of a picture (PNG) or sound (WAV) that a callback named.
 *
 * Callbacks are POSTed to the webhook URL with `x-sandbox-timestamp` (seconds since 1970) and `x-sandbox-signature` (hex
 * HMAC-SHA256 with the webhook secret over `<timestamp>.<body>`). One that is not answered with 2xx within 10 s is
 * posted again after 1, 3, 10, 30 and 120 s (divided by the speed), with the same id, then given up. All have
 * `{ id, type, account_id, occurred_at }`, and by type:
 *   `message.status` `message: { id, reference, from, to, status: sent | delivered | undelivered, error_code:
 *   unreachable | spam | media_unreachable | null }`;
 *   `message.received` `message: { id, from, to, text, media: [{ url, type }], part: { reference, total, sequence } | null }`,
 *   where the reference is one octet and parts count from 1;
 *   `call.ended` `call: { id, direction, from, to, outcome, seconds }`;
 *   `voicemail.left` `call: { id, direction, from, to }, seconds, recording: { url, type }`.
 *
 * The last four digits of a +1 555 recipient decide what happens (behaviours.ts); all other numbers are sent and delivered.
 * Two of them in particular: to 0107 a reference is answered 429 twice, then taken; to 0108 the reply never comes, and the
 * receipts wait until the text was listed once, so that it is the list that resolves it whatever the speed.
 * @throws Error where an option is wrong, the port is taken or the file is not the carrier's own
 */
export async function startSandboxCarrier(options: SandboxCarrierOptions): Promise<SandboxCarrier> {
  checkOptions(options);
  const carrier = build(options);
  const underWay = new Set<Promise<void>>();
  const server = serve(carrier, underWay);
  try {
    await listenOn(server, options.port);
  } catch (error) {
    carrier.db.close();
    throw error;
  }
  const url = originOf(server);
  carrier.poster.start(url, options.account.webhookUrl);
  let stopped: Promise<void> | null = null;
  return {
    url,
    setWebhookUrl: (to) => carrier.poster.setWebhookUrl(to),
    stop: () => (stopped ??= stopAll(carrier, server, underWay)),
  };
}

function build(options: SandboxCarrierOptions): Carrier {
  const { account, numbers, clock, speed, seed } = options;
  const db = openCarrierFile(options.dataFile);
  const { id: accountId, webhookSecret } = account;
  const poster = new CallbackPoster({ db, clock, speed, accountId, webhookSecret });
  return { db, clock, account, numbers, temper: { speed, seed }, poster };
}

function serve(carrier: Carrier, underWay: Set<Promise<void>>): Server {
  const limits = { headersTimeout: 5_000, requestTimeout: 10_000, maxHeaderSize: 16 * 1024 };
  return createServer(limits, (request, response) => {
    const answer = answerApi(carrier, request, response).catch(() => {
      log('sandbox-carrier.request-failed', { method: request.method ?? null });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
    underWay.add(answer);
    void answer.finally(() => underWay.delete(answer));
  });
}

async function stopAll(
  carrier: Carrier,
  server: Server,
  underWay: ReadonlySet<Promise<void>>,
): Promise<void> {
  await Promise.all([stopListening(server), carrier.poster.stop()]);
  await Promise.all(underWay);
  carrier.db.close();
}
