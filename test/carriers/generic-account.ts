/** The account that the local carriers of the generic adapter know; its secrets hold what templates trip over. */
export const account = {
  username: 'acme+office@example.net',
  password: 'p%s&w="o<r>d\'{{}}/é\\',
  token: 'tok_"live"\\&<key>%41=',
};
export const ours = '+15550100001';

/** One text as a carrier of no fixed form took it. */
export type TakenText = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly media: readonly string[];
  readonly reference: string | null;
  readonly receiptUrl: string | null;
};

/** What a text says before it is taken; absent and empty are different things. */
export type WantedText = Omit<TakenText, 'id'>;

/** Why a text is not taken: the status its refusal comes with where the carrier uses statuses, its code, and its words. */
export class GenericComplaint extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, words: string) {
    super(words);
    this.status = status;
    this.code = code;
  }
}
