import type { Clock } from './clock.ts';
import type { CommandName } from './contract.ts';
import { CommandFailure, type Failure } from './failure.ts';
import { frameFailures } from './frame-failures.ts';
import { maxCallsInFlight, type ScreenFrame } from './frames.ts';
import { maxFrameUnits } from './wire.ts';

/** One call as the screen makes it. */
export type Call = {
  readonly command: CommandName;
  readonly input: unknown;
  /** Milliseconds from now within which the answer must come, waiting for a connection included. */
  readonly deadlineMs: number;
};

type PendingCall = {
  readonly id: number;
  readonly frame: string;
  /** Of the promise's first settling; later ones change nothing. */
  readonly resolve: (output: unknown) => void;
  readonly reject: (failure: Failure) => void;
};

/** Every call of a screen from being made to being answered, over however many connections. */
export class PendingCalls {
  readonly #clock: Clock;
  readonly #send: (frame: string) => void;
  /** In the order they were made, which is also that of their ids. */
  readonly #waiting = new Map<number, PendingCall>();
  /** Those past their deadline stay until answered, as the host still counts them among those under way. */
  readonly #sent = new Map<number, PendingCall>();
  #lastId = 0;
  #open = false;

  constructor(clock: Clock, send: (frame: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  add({ command, input, deadlineMs }: Call): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = (this.#lastId += 1);
      const frame = write({ kind: 'call', id, command, input });
      const cancelDeadline = this.#clock.after(deadlineMs, () => this.#expire(id));
      const call: PendingCall = {
        id,
        frame,
        resolve: (output) => {
          cancelDeadline();
          resolve(output);
        },
        reject: (failure) => {
          cancelDeadline();
          reject(thrown(failure));
        },
      };
      if (frame.length > maxFrameUnits) return call.reject(frameFailures.oversize(maxFrameUnits));
      this.#waiting.set(id, call);
      this.#flush();
    });
  }

  /** The host is there: what waits is sent. */
  open(): void {
    this.#open = true;
    this.#flush();
  }

  /** The connection is gone: what was sent may or may not have been done; what waits goes on waiting. */
  lose(): void {
    this.#open = false;
    const lost = [...this.#sent.values()];
    this.#sent.clear();
    for (const call of lost) call.reject(frameFailures.lost());
  }

  /** No answer will ever come. */
  end(failure: Failure): void {
    this.#open = false;
    const all = [...this.#sent.values(), ...this.#waiting.values()];
    this.#sent.clear();
    this.#waiting.clear();
    for (const call of all) call.reject(failure);
  }

  resolve(id: number, output: unknown): void {
    this.#takeSent(id)?.resolve(output);
  }

  reject(id: number, failure: Failure): void {
    this.#takeSent(id)?.reject(failure);
  }

  #takeSent(id: number): PendingCall | undefined {
    const call = this.#sent.get(id);
    this.#sent.delete(id);
    this.#flush();
    return call;
  }

  #expire(id: number): void {
    const call = this.#waiting.get(id) ?? this.#sent.get(id);
    this.#waiting.delete(id);
    call?.reject(frameFailures.late());
  }

  #flush(): void {
    for (const call of this.#waiting.values()) {
      if (!this.#open || this.#sent.size >= maxCallsInFlight) return;
      this.#waiting.delete(call.id);
      this.#sent.set(call.id, call);
      this.#send(call.frame);
    }
  }
}

/** The failure as the rejection a caller catches. */
export function thrown({ code, message, field, cure }: Failure): CommandFailure {
  return new CommandFailure(code, message, {
    ...(field === null ? {} : { field }),
    ...(cure === null ? {} : { cure }),
  });
}

function write(frame: ScreenFrame): string {
  return JSON.stringify(frame);
}
