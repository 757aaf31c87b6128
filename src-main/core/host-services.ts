/** Keeps secrets outside the history file. A name is `<what>/<connection id>`. Values are never logged. */
export type SecretStore = {
  get(name: string): Promise<string | null>;
  /** Durable when it resolves. */
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
};

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `deed` once after `ms`; returns the way to call it off. */
  after(ms: number, deed: () => void): () => void;
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

/** The real clock. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, deed) {
    const timer = setTimeout(deed, ms);
    return () => clearTimeout(timer);
  },
};
