import { randomBytes } from 'node:crypto';

/** One receipt as a record holds it and a callback tells it. */
export type FlowrouteReceipt = {
  readonly level: 1 | 2;
  readonly status: string;
  readonly status_code: number | string | null;
  readonly status_code_description: string;
  readonly timestamp: string;
};

export type FlowrouteMedium = {
  readonly id: string;
  readonly type: 'media';
  readonly attributes: {
    readonly url: string;
    readonly file_name: string;
    readonly mime_type: string;
    readonly file_size: number;
  };
  readonly links: { readonly self: string };
};

/** A message detail record, with what the carrier knows beside it. */
export type FlowrouteRecord = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly body: string | null;
  readonly direction: 'inbound' | 'outbound';
  readonly isMms: boolean;
  readonly at: Date;
  readonly media: readonly FlowrouteMedium[];
  /** Newest first. */
  receipts: FlowrouteReceipt[];
  status: string;
  readonly dlrCallback: string | null;
};

/** `mdr2-` and 32 hex digits. */
export function newRecordId(): string {
  return `mdr2-${randomBytes(16).toString('hex')}`;
}

const withoutPlus = (number: string): string => number.replace(/^\+/, '');

/** A record as this carrier writes it in lists, for one id, and in callbacks for texts in. */
export function writeRecord(record: FlowrouteRecord): {
  readonly data: Record<string, unknown>;
  readonly included: readonly FlowrouteMedium[];
} {
  const { id, media } = record;
  const segments = Math.max(1, Math.ceil((record.body ?? '').length / 140));
  const attributes = {
    from: withoutPlus(record.from),
    to: withoutPlus(record.to),
    body: record.body,
    direction: record.direction,
    is_mms: record.isMms,
    message_type: 'longcode',
    message_encoding: 0,
    status: record.status,
    timestamp: record.at.toISOString().replace(/\.(\d\d)\dZ$/, '.$1Z'),
    amount_display: record.isMms ? '$0.0095' : '$0.0040',
    amount_nanodollars: record.isMms ? 9_500_000 : '4000000',
    ...(record.direction === 'outbound' && !record.isMms
      ? { price_details: prices(segments) }
      : {}),
    delivery_receipts: record.isMms ? [] : record.receipts,
  };
  const named = media.map((each) => ({ id: each.id, type: 'media' }));
  const relationships = media.length === 0 ? {} : { relationships: { media: { data: named } } };
  return { data: { id, type: 'message', attributes, ...relationships }, included: media };
}

function prices(segments: number): Record<string, unknown> {
  return {
    base_rate: '0.0040',
    surcharge_rate: '0.0030',
    segment_count: segments,
    charged_cost: (0.007 * segments).toFixed(4),
  };
}
