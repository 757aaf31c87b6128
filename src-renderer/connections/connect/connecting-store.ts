import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';
import type { ConnectionId, NumberType } from '#shared/message/line.ts';

import type { Screen } from '../../store/screen.ts';
import type { CarrierNumber } from '../numbers/use-numbers.ts';
import type { HookOutcome } from '../write-hooks.ts';

export type Step = 'carrier' | 'credentials' | 'numbers' | 'webhooks' | 'done';

/** A number that may become a line. */
export type WantedLine = {
  readonly number: string;
  readonly label: string;
  readonly numberType: NumberType;
  readonly isChosen: boolean;
  /** As the carrier told it; null where it was written by hand. */
  readonly found: CarrierNumber | null;
};

/** What came of trying the credentials. Anything typed afterwards makes it `untried` again. */
export type Trial =
  | { readonly kind: 'untried' }
  | { readonly kind: 'trying' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | CommandOutput<'connection.test'>;

/** What was entered for one carrier. */
export type Entered = {
  readonly label: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly baseUrl: string;
  readonly publicUrl: string;
  /** Have the carrier call us for the chosen numbers, once connected. */
  readonly writesHooks: boolean;
  readonly trial: Trial;
  readonly lines: readonly WantedLine[];
};

/** A connection that was made, and what became of pointing its numbers at us. */
export type Made = {
  readonly connectionId: ConnectionId;
  readonly hooks: 'not-asked' | 'writing' | readonly HookOutcome[] | Failure;
};

/** A carrier being connected. It outlives a look at a conversation, and is forgotten once it is done or given up. */
export type Connecting = {
  readonly step: Step;
  readonly carrierId: string | null;
  /** The preset that filled the form; null where the carrier was chosen by itself. */
  readonly presetId: string | null;
  readonly entered: ReadonlyMap<string, Entered>;
  readonly adding: 'no' | 'yes' | Failure;
  readonly made: Made | null;
};

const nothingEntered: Connecting = {
  step: 'carrier',
  carrierId: null,
  presetId: null,
  entered: new Map(),
  adding: 'no',
  made: null,
};

const stores = new WeakMap<Screen, StoreApi<Connecting>>();

/** The carrier that is being connected on a screen. */
export function connectingOf(screen: Screen): StoreApi<Connecting> {
  const store = stores.get(screen) ?? createStore<Connecting>(() => nothingEntered);
  stores.set(screen, store);
  return store;
}

/** Forgets everything entered, secrets first of all. */
export function forgetEntered(screen: Screen): void {
  connectingOf(screen).setState(nothingEntered);
}

/** What was entered for the chosen carrier; null where none is chosen. */
export function enteredFor({ carrierId, entered }: Connecting): Entered | null {
  return carrierId === null ? null : (entered.get(carrierId) ?? null);
}

/** Changes what was entered for the chosen carrier. */
export function changeEntered(screen: Screen, change: Partial<Entered>): void {
  connectingOf(screen).setState((connecting) => {
    const before = enteredFor(connecting);
    if (before === null || connecting.carrierId === null) return connecting;
    const entered = new Map(connecting.entered);
    return { entered: entered.set(connecting.carrierId, { ...before, ...change }) };
  });
}
