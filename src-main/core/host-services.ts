import type { Clock } from '#shared/contract/clock.ts';

/** Keeps secrets outside the history file. A name is `<what>/<connection id>`. Values are never logged. */
export type SecretStore = {
  get(name: string): Promise<string | null>;
  /** Durable when it resolves. */
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
};

export type Notice = { readonly title: string; readonly body: string; readonly threadId: number };

/** Everything the core borrows from the program it runs in. The core never asks which program that is. */
export type HostServices = {
  /** Absolute path; made if missing. */
  readonly dataFolder: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  notify(notice: Notice): void;
};
