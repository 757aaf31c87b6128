import {
  commands,
  contractVersion,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type EventName,
  type Tell,
} from './contract.ts';
import { explainIssue } from './explain-issue.ts';
import { CommandFailure, type Failure } from './failure.ts';
import { frameFailures } from './frame-failures.ts';
import {
  maxAnswerUnits,
  maxCallsInFlight,
  screenFrameSchema,
  type CallFrame,
  type HostFrame,
} from './frames.ts';
import { readFrame } from './read-frame.ts';
import { maxFrameUnits, type Wire } from './wire.ts';

/** One function per command. What it throws as `CommandFailure` reaches the screen; anything else crosses as `internal`. */
export type Handlers = {
  readonly [Name in CommandName]: (
    input: CommandInput<Name>,
  ) => CommandOutput<Name> | Promise<CommandOutput<Name>>;
};

export type AnswerOptions = {
  /** Hears what was thrown and may not cross the wire; `about` is the command's or event's name. */
  readonly onError: (about: string, error: unknown) => void;
};

/** The host's end of one screen's wire. */
export type RendererAnswerer = {
  /** Tells the screen, if it listens for this event. Never throws. */
  readonly tell: Tell;
  /** Commands under way for this screen. */
  inFlight(): number;
  /** Refuses further calls, and closes the wire once those under way are answered; called again, at once. */
  close(): void;
};

/**
 * Serves a screen over a wire until it closes. Every input is checked here, once, against the contract; a frame that is hostile
 * or broken is answered with a failure and reaches no handler.
 */
export function answerRenderer(
  wire: Wire,
  handlers: Handlers,
  options: AnswerOptions,
): RendererAnswerer {
  const answering = new Answering(wire, handlers, options);
  return {
    tell: (name, payload) => answering.tell(name, payload),
    inFlight: () => answering.inFlight,
    close: () => answering.close(),
  };
}

class Answering {
  readonly #wire: Wire;
  readonly #handlers: Handlers;
  readonly #onError: AnswerOptions['onError'];
  readonly #subscribed = new Set<EventName>();
  #greeted = false;
  #closing = false;
  #lastId = 0;
  inFlight = 0;

  constructor(wire: Wire, handlers: Handlers, options: AnswerOptions) {
    this.#wire = wire;
    this.#handlers = handlers;
    this.#onError = options.onError;
    wire.onFrame((text) => this.#hear(text));
    wire.onClose(() => this.#subscribed.clear());
  }

  tell(event: EventName, payload: unknown): void {
    if (!this.#subscribed.has(event)) return;
    const text = this.#write(event, { kind: 'event', event, payload });
    if (text === null) return;
    if (text.length > maxAnswerUnits) this.#onError(event, new Error('The event is oversize'));
    else this.#wire.send(text);
  }

  close(): void {
    if (this.#closing || this.inFlight === 0) this.#wire.close();
    this.#closing = true;
  }

  #hear(text: string): void {
    const read = readFrame(screenFrameSchema, text, maxFrameUnits);
    if (read.kind === 'unreadable') return this.#fail(read.id, read.failure);
    const { frame } = read;
    if (frame.kind === 'hello') return this.#greet(frame.version);
    if (!this.#greeted)
      return this.#fail(frame.kind === 'call' ? frame.id : null, frameFailures.otherVersion());
    switch (frame.kind) {
      case 'call':
        return this.#take(frame);
      case 'subscribe':
        this.#subscribed.add(frame.event);
        return;
      case 'unsubscribe':
        this.#subscribed.delete(frame.event);
    }
  }

  /** Ours is said whatever theirs is, so that a screen of another version learns why nothing is answered. */
  #greet(version: number): void {
    this.#greeted = version === contractVersion;
    this.#send({ kind: 'hello', version: contractVersion });
  }

  #take(call: CallFrame): void {
    // A failure with the id of a call under way would settle that call at the screen, so this one carries none.
    if (call.id <= this.#lastId) return this.#fail(null, frameFailures.usedId(call.id));
    this.#lastId = call.id;
    const refusal = this.#refusalOf(call);
    if (refusal !== null) return this.#fail(call.id, refusal);
    this.inFlight += 1;
    void this.#answer(call);
  }

  #refusalOf(call: CallFrame): Failure | null {
    if (this.#closing) return frameFailures.hostCloses();
    if (this.inFlight >= maxCallsInFlight) return frameFailures.tooManyCalls();
    if (!isCommand(call.command)) return frameFailures.unknownCommand();
    return null;
  }

  async #answer({ id, command, input }: CallFrame): Promise<void> {
    try {
      this.#send({ kind: 'result', id, output: await this.#run(command as CommandName, input) });
    } catch (error) {
      this.#fail(id, this.#failureOf(command, error));
    } finally {
      this.inFlight -= 1;
      if (this.#closing && this.inFlight === 0) this.#wire.close();
    }
  }

  async #run(command: CommandName, input: unknown): Promise<unknown> {
    const read = commands[command].input.safeParse(input);
    if (!read.success) throw explainIssue(command, read.error.issues);
    // Each handler takes what the schema of its own name makes, which the compiler cannot follow over a union of names.
    const handle = this.#handlers[command] as (input: unknown) => unknown;
    return handle(read.data);
  }

  #failureOf(about: string, error: unknown): Failure {
    if (error instanceof CommandFailure) return error.failure;
    this.#onError(about, error);
    return frameFailures.internal();
  }

  #fail(id: number | null, failure: Failure): void {
    this.#send({ kind: 'failure', id, failure });
  }

  #send(frame: HostFrame): void {
    const text = JSON.stringify(frame);
    if (text.length <= maxAnswerUnits) this.#wire.send(text);
    else if (frame.kind === 'result') this.#fail(frame.id, frameFailures.oversize(maxAnswerUnits));
  }

  #write(about: string, frame: HostFrame): string | null {
    try {
      return JSON.stringify(frame);
    } catch (error) {
      this.#onError(about, error);
      return null;
    }
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
