import type { Asked } from './carrier-lists.ts';

/**
 * A named carrier that is reached over one of the general ways (SIP MESSAGE, HTTP, SMPP), as far as it is known: the form of a
 * connection is filled with `values`, and what is in `blanks` is asked of the person, who has to ask the carrier.
 */
export type Preset = {
  readonly id: string;
  readonly label: string;
  /** One sentence for the person choosing. */
  readonly about: string;
  /** The id of the provider that this is a filled form of. */
  readonly over: string;
  /** Values of its credential fields. */
  readonly values: Readonly<Record<string, string>>;
  /** Names of its credential fields (or `baseUrl`) that are not known, each with the question that brings it. */
  readonly blanks: readonly PresetBlank[];
  /** No account of this carrier was ever tried with it: say so wherever it is offered. */
  readonly unverified: true;
  /** What else to ask the carrier before anything is promised to anybody. */
  readonly questions: readonly string[];
};

export type PresetBlank = { readonly field: string; readonly question: string };

/** What a server says of itself. `takesMessages` is null where it does not say, which proves nothing either way. */
export type CarrierAbilities = { readonly takesMessages: boolean | null };

/** Adapters that can ask a server what it takes have this beside what every adapter has. */
export type TellsAbilities = {
  /** Costs nothing and sends nothing. */
  askAbilities(deadlineMs: number): Promise<Asked<CarrierAbilities>>;
};
