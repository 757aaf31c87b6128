import type { IncomingMessage } from 'node:http';

import { log as writeLog } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

import type { Answer } from './answer.ts';
import { isOverloaded } from './body-shape.ts';
import { addressKey, isLoopback } from './caller-address.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { isSecret, parseHookPath, type HookPath } from './hook-path.ts';
import type { IntakeLimits } from './intake-limits.ts';
import { RateLimit } from './rate-limit.ts';
import { collectHeaders, logKey, withoutSecrets } from './raw-delivery.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import type { RelayMetrics } from './relay-metrics.ts';

/** What the intake needs to know of a connection. */
export type HookConnection = {
  readonly guard: WebhookGuard;
  /** Last part of the hook's path for carriers that sign nothing; null where the path has no secret. */
  readonly pathSecret: string | null;
  /** The address the carrier calls, without the path (`https://hooks.example.com`); null for the relay's own. */
  readonly publicUrl: string | null;
};

/** Looks a connection up; null where there is none, or it is of another carrier. */
export type FindConnection = (provider: string, connectionId: string) => HookConnection | null;

/** A connection together with the log that its deliveries belong in. */
export type RoutedConnection = HookConnection & { readonly log: DeliveryLog };

export type IntakeParts = {
  readonly clock: Clock;
  readonly limits: IntakeLimits;
  readonly metrics: RelayMetrics;
  findConnection(provider: string, connectionId: string): RoutedConnection | null;
  /** Where the relay is reached when a connection says nothing else. Never taken from what the caller sends. */
  ownUrl(): string;
};

type Called = { readonly hook: HookPath; readonly connection: RoutedConnection };

/** Seconds after which a call may come again that was authentic but not stored. */
const retryAfter = { 'retry-after': '1' };

/** Takes webhook calls into the log. */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #refusals: RateLimit;
  readonly #deliveries: RateLimit;
  #failing = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#refusals = new RateLimit(parts.limits.refusedPerAddress, parts.clock);
    this.#deliveries = new RateLimit(parts.limits.authenticPerConnection, parts.clock);
  }

  /** Takes one call. The answer may be sent: what it acknowledges is durable. Throws {@link Refusal}. */
  async take(request: IncomingMessage): Promise<Answer> {
    if (this.#isProbe(request)) return { status: 200, type: 'text/plain', body: '' };
    const { hook, connection, raw } = await this.#admit(request);
    const { limits, metrics } = this.#parts;
    if (!this.#deliveries.take(`${hook.provider}/${hook.connectionId}`))
      throw new Refusal(429, 'connection-rate', retryAfter);
    if (isOverloaded(raw, limits)) throw new Refusal(400, 'overloaded-body');
    const started = performance.now();
    const { duplicate } = await this.#append(
      connection.log,
      withoutSecrets(raw, hook),
      logKey(raw, connection.guard),
    );
    metrics.countCommit(performance.now() - started, duplicate);
    return reply(connection.guard, raw);
  }

  /**
   * Does a carrier only look whether its hook is there, as some do before they accept its address? A call that could carry a
   * text, in its query or a body, is none: it must not be acknowledged.
   */
  #isProbe({ method, url = '', headers }: IncomingMessage): boolean {
    const isEmpty =
      !url.includes('?') && !('content-length' in headers) && !('transfer-encoding' in headers);
    if ((method !== 'GET' && method !== 'HEAD') || !isEmpty) return false;
    const hook = parseHookPath(url);
    const connection = hook && this.#parts.findConnection(hook.provider, hook.connectionId);
    return hook !== null && connection !== null && isSecret(hook.secret, connection.pathSecret);
  }

  /** Lets authentic calls through. Those refused here are held against the address they come from. */
  async #admit(request: IncomingMessage): Promise<Called & { readonly raw: RawDelivery }> {
    const address = this.#limitedAddress(request);
    if (address !== null && !this.#refusals.allows(address))
      throw new Refusal(429, 'address-rate', retryAfter);
    try {
      const called = this.#findCalled(request);
      const body = await readBody(request, this.#parts.limits.bodyBytes);
      const raw = this.#rawDelivery(request, called, body);
      if (!isAuthentic(called.connection.guard, raw)) throw new Refusal(403, 'not-authentic');
      return { ...called, raw };
    } catch (error) {
      if (address !== null && error instanceof Refusal) this.#refusals.take(address);
      throw error;
    }
  }

  /** What limits per address count the caller by; null where they do not hold. */
  #limitedAddress(request: IncomingMessage): string | null {
    const address = request.socket.remoteAddress ?? '';
    if (!this.#parts.limits.limitLoopback && isLoopback(address)) return null;
    return addressKey(address);
  }

  #findCalled(request: IncomingMessage): Called {
    const hook = parseHookPath(request.url ?? '');
    if (hook === null) throw new Refusal(404, 'unknown-path');
    if (request.method !== 'POST') throw new Refusal(405, 'method', { allow: 'POST' });
    if (isEncoded(request)) throw new Refusal(415, 'encoded', { 'accept-encoding': 'identity' });
    const connection = this.#parts.findConnection(hook.provider, hook.connectionId);
    if (connection === null) throw new Refusal(404, 'unknown-connection');
    if (!isSecret(hook.secret, connection.pathSecret)) throw new Refusal(404, 'wrong-path-secret');
    return { hook, connection };
  }

  #rawDelivery(request: IncomingMessage, { hook, connection }: Called, body: Buffer): RawDelivery {
    const base = connection.publicUrl ?? this.#parts.ownUrl();
    return {
      provider: hook.provider,
      connectionId: hook.connectionId,
      method: 'POST',
      url: base.replace(/\/+$/, '') + (request.url ?? ''),
      headers: collectHeaders(request),
      body,
      receivedAt: this.#parts.clock.now(),
    };
  }

  async #append(
    log: DeliveryLog,
    raw: RawDelivery,
    key: string,
  ): Promise<{ readonly duplicate: boolean }> {
    try {
      const appended = await log.append(raw, key);
      if (this.#failing) writeLog('relay.append-works-again');
      this.#failing = false;
      return appended;
    } catch (error) {
      this.#parts.metrics.countCommitError();
      if (!this.#failing) writeLog('relay.append-failed', { problem: messageOf(error) });
      this.#failing = true;
      throw new Refusal(503, 'cannot-commit', retryAfter);
    }
  }
}

/** Is the body compressed, as a whole or on its way? What a caller's chunks hold must be what it signed. */
function isEncoded({ headers }: IncomingMessage): boolean {
  const transfer = headers['transfer-encoding'] ?? 'chunked';
  return (
    (headers['content-encoding'] ?? 'identity') !== 'identity' ||
    transfer.toLowerCase() !== 'chunked'
  );
}

function messageOf(error: unknown): string | null {
  return error instanceof Error ? error.message : null;
}

/** A guard that fails has recognised nobody. */
function isAuthentic(guard: WebhookGuard, raw: RawDelivery): boolean {
  try {
    return guard.authenticate(raw) === 'authentic';
  } catch (error) {
    writeLog('relay.guard-failed', {
      provider: raw.provider,
      connection: raw.connectionId,
      error: error instanceof Error ? error.name : null,
    });
    return false;
  }
}

function reply(guard: WebhookGuard, raw: RawDelivery): Answer {
  try {
    return guard.reply(raw);
  } catch {
    // The delivery is stored, so the carrier must not send it again.
    return { status: 200, type: 'text/plain', body: '' };
  }
}
