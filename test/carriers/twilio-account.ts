export type MediaRow = { readonly sid: string; readonly type: string; readonly bytes: Uint8Array };

export type MessageRow = {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly media: readonly MediaRow[];
  readonly service: string | null;
  readonly statusCallback: string | null;
  readonly createdAt: number;
  status: string;
  sentAt: number | null;
  price: string | null;
  segments: number;
  error: readonly [number, string] | null;
};

export type NumberRow = {
  readonly sid: string;
  readonly number: string;
  readonly name: string;
  readonly capabilities: { readonly sms: boolean; readonly mms: boolean; readonly voice: boolean };
  smsUrl: string;
  smsFallbackUrl: string;
  smsApplication: string;
  statusCallback: string;
};

export type ShortCodeRow = { readonly sid: string; readonly code: string; smsUrl: string };

export type CallRow = {
  readonly sid: string;
  readonly parent: string | null;
  readonly from: string;
  readonly to: string;
  readonly direction: string;
  readonly status: string;
  readonly startedAt: number | null;
  readonly seconds: number | null;
};

export type ServiceRow = {
  readonly sid: string;
  readonly numbers: readonly string[];
  readonly inboundUrl: string | null;
  readonly defers: boolean;
  readonly campaigns: readonly CampaignRow[];
};
export type CampaignRow = {
  readonly sid: string;
  readonly status: string;
  readonly campaign: string | null;
  readonly brand: string;
};
export type VerificationRow = {
  readonly sid: string;
  readonly number: string;
  readonly status: string;
};
export type OfferRow = {
  readonly number: string;
  readonly locality: string | null;
  readonly region: string | null;
  readonly country: 'US' | 'CA';
};

/** An id in the carrier's form. */
export function makeSid(prefix: string, serial: number): string {
  return prefix + serial.toString(16).padStart(32, '0');
}

/** Everything the carrier knows of one account. */
export class TwilioAccount {
  readonly sid = makeSid('AC', 0xacc0);
  /** Any of these is good, as while a token is being rotated; hooks are signed with the first. */
  tokens = ['0123456789abcdef0123456789abcdef'];
  readonly key = { sid: makeSid('SK', 0x5ec), secret: 'a-standard-api-key-secret' };
  /** May the key read short codes, services and the balance? */
  keyIsRestricted = false;
  readonly messages: MessageRow[] = [];
  readonly numbers: NumberRow[] = [];
  readonly shortCodes: ShortCodeRow[] = [];
  readonly calls: CallRow[] = [];
  readonly services: ServiceRow[] = [];
  /** The registry's id of a brand, by the carrier's. */
  readonly brands = new Map<string, string | null>();
  readonly verifications: VerificationRow[] = [];
  readonly offers: OfferRow[] = [];
  /** A message shows in lists only after so many milliseconds. */
  listLagMs = 0;
  #serial = 0;

  nextSid(prefix: string): string {
    this.#serial += 1;
    return makeSid(prefix, this.#serial);
  }

  addNumber(number: string, change: Partial<NumberRow> = {}): NumberRow {
    const row: NumberRow = {
      sid: this.nextSid('PN'),
      number,
      name: number,
      capabilities: { sms: true, mms: true, voice: true },
      smsUrl: '',
      smsFallbackUrl: '',
      smsApplication: '',
      statusCallback: '',
      ...change,
    };
    this.numbers.push(row);
    return row;
  }
}
