import type { Arrival } from './carrier-at-work.ts';

/** A strict local carrier that is spoken to over a standing session, as the suite over all such carriers works with it. */
export type SessionAtWork = AsyncDisposable & {
  readonly provider: string;
  /** Where it is, where that is no credential. */
  readonly apiUrl: string | null;
  readonly credentials: Readonly<Record<string, string>>;
  /** A number of the account. */
  readonly ours: string;
  /** What a text is that was taken and of which nothing more is told. */
  readonly endsAt: 'accepted' | 'sent' | 'delivered';
  /** How many sessions stand now. */
  sessions(): number;
  /** The words of the texts it took for this person. */
  takenFor(to: string): readonly string[];
  /** Takes the next text and answers nothing. */
  takeInSilence(): void;
  /** Every session dies. */
  cut(): void;
  /** Somebody writes; told as often as asked for, as where an answer was lost. */
  receive(text: string, times: number): Promise<Arrival>;
};
