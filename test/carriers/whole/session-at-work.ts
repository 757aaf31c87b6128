import type { Arrival } from './carrier-at-work.ts';

/** A strict local carrier that is spoken to over a standing session, as the suite over all such carriers works with it. */
export type SessionAtWork = AsyncDisposable & {
  readonly provider: string;
  /** Where it is, where that is no credential. */
  readonly apiUrl: string | null;
  readonly credentials: Readonly<Record<string, string>>;
  /** A number of the account. */
  readonly ours: string;
  /** What a text is in the end that went well. */
  readonly endsAt: 'accepted' | 'delivered';
  /** What it found wrong with how it was spoken to. */
  complaints(): readonly string[];
  /** How many sessions stand now. */
  sessions(): number;
  /** The words of the texts it took for this person. */
  takenFor(to: string): readonly string[];
  /** Takes the next text and answers nothing. */
  takeInSilence(): void;
  /** Tells what became of the texts to this person, where it ever does. */
  report(to: string): Promise<void>;
  /** Every session dies. */
  cut(): void;
  /** Somebody writes. */
  receive(text: string): Promise<Arrival>;
  /** Tells what it told last once more, as where an answer was lost. */
  tellAgain(): Promise<void>;
};
