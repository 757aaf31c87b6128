import {
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

import { LogFailure } from '../delivery-log.ts';
import { closedFailure, describeNatsError } from './describe-nats-error.ts';
import { readServerAddresses } from './server-address.ts';

/** Between two pings. A server that leaves two unanswered is given up, and another one is asked. Milliseconds. */
const pingEveryMs = 1_000;
const dialTimeoutMs = 2_000;
/** Between two tries to reach the same server. Milliseconds. */
const reconnectPauseMs = 150;

/** Milliseconds after which a server has not answered. */
export const answerTimeoutMs = 2_000;

/** The connection to the servers, which comes back by itself for as long as it is not closed. */
export class NatsLink {
  readonly nats: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly #waiting = new Set<(failure: LogFailure) => void>();
  readonly #reconnected = new Set<() => void>();
  readonly #sleeping = new Set<() => void>();
  #connected = true;
  #closed = false;

  private constructor(nats: NatsConnection, jsm: JetStreamManager) {
    this.nats = nats;
    this.jsm = jsm;
    this.js = jetstream(nats, { timeout: answerTimeoutMs });
    void this.#watch();
  }

  /** Connects to one of the servers, or throws {@link LogFailure}. */
  static async open(addresses: readonly string[]): Promise<NatsLink> {
    const access = readServerAddresses(addresses);
    try {
      const nats = await connect({
        ...access,
        name: 'Trunkline relay',
        timeout: dialTimeoutMs,
        pingInterval: pingEveryMs,
        maxPingOut: 2,
        maxReconnectAttempts: -1,
        reconnectTimeWait: reconnectPauseMs,
        ignoreAuthErrorAbort: true,
        noAsyncTraces: true,
      });
      const jsm = await jetstreamManager(nats, { timeout: answerTimeoutMs, checkAPI: false });
      return new NatsLink(nats, jsm);
    } catch (error) {
      throw describeNatsError(error);
    }
  }

  /** The server that is connected to, or was last. */
  get server(): { readonly name: string; readonly version: string; readonly inCluster: boolean } {
    const { server_name: name = '', version = '', cluster } = this.nats.info ?? {};
    return { name, version, inCluster: cluster !== undefined };
  }

  /**
   * Asks the servers something. Fails at once where the connection breaks before the answer, instead of waiting for one that
   * cannot come. Throws {@link LogFailure} alone.
   */
  async ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    if (this.#closed) throw closedFailure();
    if (!this.#connected) throw lost();
    let giveUp: (failure: LogFailure) => void = () => undefined;
    const broken = new Promise<never>((_, reject) => (giveUp = reject));
    this.#waiting.add(giveUp);
    try {
      return await Promise.race([question(), broken]);
    } catch (error) {
      throw this.#closed ? closedFailure() : describeNatsError(error);
    } finally {
      this.#waiting.delete(giveUp);
    }
  }

  /** Resolves when there is a connection, and in any case after `ms`. */
  async whenConnected(ms: number): Promise<void> {
    if (this.#connected || this.#closed) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        this.#sleeping.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, ms);
      this.#sleeping.add(goOn);
    });
  }

  /** Calls the listener each time a connection stands again after a break. */
  onReconnected(listener: () => void): void {
    this.#reconnected.add(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#failWaiting(closedFailure());
    for (const goOn of this.#sleeping) goOn();
    await this.nats.close();
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type === 'disconnect' || type === 'staleConnection') {
        this.#connected = false;
        this.#failWaiting(lost());
      } else if (type === 'reconnect') {
        this.#connected = true;
        for (const goOn of this.#sleeping) goOn();
        for (const listener of this.#reconnected) listener();
      }
    }
  }

  #failWaiting(failure: LogFailure): void {
    for (const giveUp of this.#waiting) giveUp(failure);
    this.#waiting.clear();
  }
}

function lost(): LogFailure {
  return new LogFailure('unreachable', 'The connection to NATS is lost.');
}
