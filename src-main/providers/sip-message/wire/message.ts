/** A header as it stands in a message; parsed ones have their long name in lower case. Values are Latin-1, byte for byte. */
export type SipHeader = readonly [name: string, value: string];

export type SipRequest = {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly SipHeader[];
  readonly body: Uint8Array;
};

export type SipResponse = {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly SipHeader[];
  readonly body: Uint8Array;
};

export type SipMessage = SipRequest | SipResponse;

/** What came is no SIP message. The sentence says what is wrong, never what was in it. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

type HasHeaders = { readonly headers: readonly SipHeader[] };

/** The first header of this name (long form, lower case); undefined where there is none. */
export function headerOf({ headers }: HasHeaders, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The values of all headers of this name, in their order. */
export function headersOf({ headers }: HasHeaders, name: string): readonly string[] {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}
