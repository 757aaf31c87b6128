import {
  commands,
  events,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type EventName,
  type EventPayload,
} from './contract.ts';
import { frameFailures } from './frame-failures.ts';
import type { HostFrame } from './frames.ts';
import { HostConnection, type ConnectionState, type ConnectOptions } from './keep-connected.ts';
import { PendingCalls, thrown } from './pending-calls.ts';

export type { ConnectionState } from './keep-connected.ts';

/** The screen's only way to the host, whatever wire lies between. */
export type HostCaller = {
  /**
   * Calls a command and waits for its answer, 15 s unless told otherwise. While there is no connection the call waits for one.
   * Rejects with a `CommandFailure`: the host's own, or `deadline`, or `closed` where the connection went before the answer
   * came, so that the command may or may not have been done.
   */
  call<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
    deadlineMs?: number,
  ): Promise<CommandOutput<Name>>;
  /** Hears an event, also after every reconnect; what was told in between is lost. Returns the way to stop. */
  on<Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): () => void;
  /** Told the state at once, then on every change. Returns the way to stop. */
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Ends the connection for good; whatever is pending rejects with `closed`. */
  close(): void;
};

export type HostCallerOptions = ConnectOptions & {
  /** Hears what the host sent that this screen could not take; it was left aside. */
  readonly onProblem?: (problem: string) => void;
};

const usualDeadlineMs = 15_000;

/** Connects to the host, and again after every loss, until it is closed. */
export function createHostCaller(options: HostCallerOptions): HostCaller {
  const calling = new Calling(options);
  return {
    call: (name, input, deadlineMs) => calling.call(name, input, deadlineMs),
    on: (name, listener) => calling.on(name, listener as Listener),
    onConnection: (listener) => calling.onConnection(listener),
    close: () => calling.close(),
  };
}

/** Of an event whose payload was checked by the schema of the name it was subscribed by. */
type Listener = (payload: unknown) => void;

class Calling {
  readonly #connection: HostConnection;
  readonly #calls: PendingCalls;
  readonly #listeners = new Map<EventName, Set<Listener>>();
  readonly #stateListeners = new Set<(state: ConnectionState) => void>();
  readonly #onProblem: (problem: string) => void;

  constructor(options: HostCallerOptions) {
    this.#onProblem = options.onProblem ?? (() => {});
    this.#connection = new HostConnection(options, {
      onState: (state) => this.#hearState(state),
      onFrame: (frame) => this.#hearFrame(frame),
      onOddFrame: this.#onProblem,
    });
    this.#calls = new PendingCalls(options.clock, (text) => this.#connection.sendText(text));
    this.#connection.open();
  }

  async call<Name extends CommandName>(
    command: Name,
    input: CommandInput<Name>,
    deadlineMs = usualDeadlineMs,
  ): Promise<CommandOutput<Name>> {
    this.#refuseIfOver();
    const output = await this.#calls.add({ command, input, deadlineMs });
    const read = commands[command].output.safeParse(output);
    if (read.success) return read.data as CommandOutput<Name>;
    this.#onProblem(`The answer to ${command} is not as the contract says.`);
    throw thrown(frameFailures.oddAnswer());
  }

  on(event: EventName, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    if (listeners.size === 0) this.#sendIfConnected('subscribe', event);
    listeners.add(listener);
    return () => {
      if (listeners.delete(listener) && listeners.size === 0)
        this.#sendIfConnected('unsubscribe', event);
    };
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.#connection.state);
    return () => this.#stateListeners.delete(listener);
  }

  close(): void {
    this.#connection.close();
  }

  #refuseIfOver(): void {
    const { state } = this.#connection;
    if (state === 'closed') throw thrown(frameFailures.screenClosed());
    if (state === 'incompatible') throw thrown(frameFailures.otherVersion());
  }

  /** Subscriptions go out first, so that nothing is missed between a listener's first question and its first event. */
  #hearState(state: ConnectionState): void {
    if (state === 'connected') this.#renewSubscriptions();
    tellAll(this.#stateListeners, state);
    if (state === 'connected') this.#calls.open();
    else if (state === 'closed') this.#calls.end(frameFailures.screenClosed());
    else if (state === 'incompatible') this.#calls.end(frameFailures.otherVersion());
    else this.#calls.lose();
  }

  #renewSubscriptions(): void {
    for (const [event, listeners] of this.#listeners)
      if (listeners.size > 0) this.#connection.send({ kind: 'subscribe', event });
  }

  #sendIfConnected(kind: 'subscribe' | 'unsubscribe', event: EventName): void {
    if (this.#connection.state === 'connected') this.#connection.send({ kind, event });
  }

  #hearFrame(frame: HostFrame): void {
    switch (frame.kind) {
      case 'result':
        return this.#calls.resolve(frame.id, frame.output);
      case 'failure':
        if (frame.id === null) return this.#onProblem(frame.failure.message);
        return this.#calls.reject(frame.id, frame.failure);
      case 'event':
        return this.#hearEvent(frame.event, frame.payload);
      case 'hello':
    }
  }

  #hearEvent(event: EventName, payload: unknown): void {
    const listeners = this.#listeners.get(event);
    if (listeners === undefined || listeners.size === 0) return;
    const read = events[event].safeParse(payload);
    if (!read.success) return this.#onProblem(`The event ${event} is not as the contract says.`);
    tellAll(listeners, read.data);
  }
}

/** One listener's failure is left to the program's own net for failures, and the others hear all the same. */
function tellAll<Value>(listeners: ReadonlySet<(value: Value) => void>, value: Value): void {
  for (const listener of listeners) {
    try {
      listener(value);
    } catch (error) {
      void Promise.reject(error);
    }
  }
}
