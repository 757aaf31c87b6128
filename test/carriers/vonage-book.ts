import { randomUUID } from 'node:crypto';

import { applicationId, ours, publicKey } from './vonage-account.ts';

/** What the local carrier does with a text to one recipient. The usual is to take it and to say `submitted`, `delivered`. */
export type Fate =
  | { readonly kind: 'refuse'; readonly code: string }
  | { readonly kind: 'throttle'; readonly retryAfter: string | null }
  | { readonly kind: 'tell'; readonly statuses: readonly (readonly [string, string?])[] };

export type BookedText = {
  readonly id: string;
  readonly product: 'MESSAGES' | 'SMS';
  readonly direction: 'outbound' | 'inbound';
  readonly provider: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly clientRef: string;
  readonly price: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  status: string;
  errorCode: string;
};

export type BookedCall = {
  readonly id: string;
  readonly direction: 'outbound' | 'inbound';
  readonly from: string;
  readonly to: string;
  readonly startedAt: number;
  readonly seconds: number;
  /** `FAILED` with the SIP code, or `ANSWERED` or `MACHINE`. */
  readonly status: string;
  readonly statusCode: string;
};

/** A number as `/account/numbers` shows it. */
export type BookedNumber = {
  readonly country: string;
  readonly msisdn: string;
  readonly type: string;
  readonly features: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
};

export type Webhook = { readonly address: string; readonly http_method: string };
export type BookedApplication = {
  readonly id: string;
  name: string;
  keys: { public_key: string };
  capabilities: {
    messages?: {
      webhooks?: { inbound_url?: Webhook; status_url?: Webhook };
      version?: string;
      authenticate_inbound_media?: boolean;
    };
    voice?: object;
  };
  privacy: { improve_ai: boolean };
};

const number = (msisdn: string, settings: Record<string, string> = {}): BookedNumber => ({
  country: 'US',
  msisdn,
  type: msisdn.startsWith('1800') ? 'landline-toll-free' : 'mobile-lvn',
  features: ['VOICE', 'SMS', 'MMS'],
  settings,
});

/** All that the local carrier remembers. */
export class VonageBook {
  readonly texts: BookedText[] = [];
  readonly calls: BookedCall[] = [];
  readonly fates = new Map<string, Fate>();
  readonly media = new Map<string, Uint8Array>();
  /** Milliseconds a text takes to appear in reports. */
  reportLagMs = 0;
  balance = 10.28;
  numbers: BookedNumber[] = [number(ours, { app_id: applicationId }), number('18005550199')];
  offered: BookedNumber[] = [number('12065550123'), number('12125550124'), number('18005550125')];
  readonly application: BookedApplication = {
    id: applicationId,
    name: 'Trunkline',
    keys: { public_key: publicKey.export({ type: 'spki', format: 'pem' }) as string },
    capabilities: {
      messages: { webhooks: {}, version: 'v1', authenticate_inbound_media: true },
      voice: {
        webhooks: { answer_url: { address: 'https://calls.example/', http_method: 'GET' } },
      },
    },
    privacy: { improve_ai: false },
  };

  owns(msisdn: string): boolean {
    return this.numbers.some((each) => each.msisdn === msisdn);
  }

  /** Where the application wants to be called. */
  hooks(): { readonly inbound_url?: Webhook; readonly status_url?: Webhook } {
    return this.application.capabilities.messages?.webhooks ?? {};
  }

  /** Notes a text down and gives it an id. */
  book(text: Omit<BookedText, 'id' | 'receivedAt' | 'status' | 'errorCode'>): BookedText {
    const id =
      text.product === 'SMS'
        ? `0A0000${String(this.texts.length + 1).padStart(10, '0')}`
        : randomUUID();
    const booked = { ...text, id, receivedAt: Date.now(), status: 'submitted', errorCode: '' };
    this.texts.push(booked);
    return booked;
  }
}
