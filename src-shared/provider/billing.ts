/** What the carrier charged for a text. Money in millionths of `currency`. */
export type Billing = {
  readonly segments: number | null;
  readonly priceMicros: number | null;
  readonly feeMicros: number | null;
  readonly currency: string;
};
