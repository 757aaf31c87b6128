import type { Handlers } from '#shared/contract/answer-renderer.ts';
import { commands, type CommandName } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

type Heard = { readonly command: CommandName; readonly input: unknown };

/** Handlers that remember what they were asked. Those not given refuse with `not-found`. */
export class RecordingHandlers {
  readonly heard: Heard[] = [];
  readonly handlers: Handlers;

  constructor(given: Partial<Handlers> = {}) {
    const names = Object.keys(commands) as CommandName[];
    this.handlers = Object.fromEntries(
      names.map((command) => [
        command,
        (input: unknown) => this.#handle({ command, input }, given),
      ]),
    ) as unknown as Handlers;
  }

  #handle(heard: Heard, given: Partial<Handlers>): unknown {
    this.heard.push(heard);
    const handle = given[heard.command] as ((input: unknown) => unknown) | undefined;
    if (handle === undefined) throw new CommandFailure('not-found', 'This fake has no such thing.');
    return handle(heard.input);
  }
}
