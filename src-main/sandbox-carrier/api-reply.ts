/** What the API answers; `none` leaves the caller waiting. */
export type ApiReply =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: object;
    }
  | { readonly kind: 'file'; readonly type: string; readonly bytes: Uint8Array }
  | { readonly kind: 'none' };

type Complaint = {
  readonly code: string;
  readonly message: string;
  /** The field or parameter that is wrong. */
  readonly field?: string;
};

/** Answers with `{ error: { code, message, field? } }`. */
export function complain(status: number, complaint: Complaint): ApiReply {
  return { kind: 'json', status, body: { error: complaint } };
}
