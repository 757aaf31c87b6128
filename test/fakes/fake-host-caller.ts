import type { ConnectionState, HostCaller } from '#shared/contract/call-host.ts';
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EventName,
  EventPayload,
} from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

type Answer<Name extends CommandName> = (
  input: CommandInput<Name>,
) => CommandOutput<Name> | Promise<CommandOutput<Name>>;

export type HeardCall = { readonly name: CommandName; readonly input: unknown };

/** A host that answers what it was told to answer, remembers what it was asked, and says what a test has it say. */
export class FakeHostCaller implements HostCaller {
  readonly calls: HeardCall[] = [];
  readonly #answers = new Map<CommandName, (input: never) => unknown>();
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();
  readonly #stateListeners = new Set<(state: ConnectionState) => void>();
  #state: ConnectionState;

  constructor(state: ConnectionState = 'connected') {
    this.#state = state;
  }

  answer<Name extends CommandName>(name: Name, answer: Answer<Name>): this {
    this.#answers.set(name, answer);
    return this;
  }

  /** How it answers now, to be put back or wrapped. */
  answerOf<Name extends CommandName>(name: Name): Answer<Name> {
    const answer = this.#answers.get(name);
    if (answer === undefined) throw new Error(`there is no answer to ${name} yet`);
    return answer as unknown as Answer<Name>;
  }

  /** What was asked under this name so far. */
  asked<Name extends CommandName>(name: Name): CommandInput<Name>[] {
    return this.calls
      .filter((call) => call.name === name)
      .map((call) => call.input as CommandInput<Name>);
  }

  async call<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<CommandOutput<Name>> {
    this.calls.push({ name, input });
    const answer = this.#answers.get(name);
    if (answer === undefined) throw new CommandFailure('unknown-command', `No answer to ${name}.`);
    return (await answer(input as never)) as CommandOutput<Name>;
  }

  on<Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  tell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    this.#stateListeners.add(listener);
    listener(this.#state);
    return () => this.#stateListeners.delete(listener);
  }

  become(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }

  close(): void {
    this.become('closed');
  }
}
