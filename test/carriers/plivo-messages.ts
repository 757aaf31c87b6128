import { randomUUID } from 'node:crypto';

import type { ApiCall, ApiReply } from './loopback-api.ts';
import { PlivoComplaint } from './plivo-complaint.ts';
import { pageOf, writtenTime } from './plivo-pages.ts';
import { type PlivoSend, readPlivoSend } from './plivo-send.ts';

export type PlivoMessage = {
  readonly uuid: string;
  readonly direction: 'inbound' | 'outbound';
  /** Without plus. */
  readonly from: string;
  readonly to: string;
  readonly type: 'sms' | 'mms';
  readonly at: Date;
  readonly units: number;
  readonly callback: string | null;
  state: string;
  errorCode: string | null;
};

const filters = [
  'limit',
  'offset',
  'message_direction',
  'message_state',
  'message_time__gte',
  'message_time__lte',
  'from_number',
  'to_number',
];

/** The texts of an account: what it sends and what came in, and where they stand. */
export class PlivoMessages {
  /** Oldest first. */
  readonly all: PlivoMessage[] = [];
  /** So long after it was made a record is not shown yet, in milliseconds. */
  lagMs = 0;
  /** The account's own time zone, in minutes ahead of UTC, in which times are written and filters read. */
  zone = 330;

  /** Takes a text of an account that has these numbers, without plus. */
  take({ headers, body }: ApiCall, owned: readonly string[]): ApiReply {
    if (headers['content-type']?.split(';')[0] !== 'application/json')
      throw new PlivoComplaint(400, 'the content type must be application/json');
    const send = readPlivoSend(body, owned);
    const invalid = send.dst.endsWith('0104');
    const uuid = randomUUID();
    if (!invalid) this.all.push(this.#record(uuid, send));
    return {
      status: 202,
      body: {
        message: 'message(s) queued',
        message_uuid: invalid ? [] : [uuid],
        ...(invalid ? { invalid_number: [send.dst] } : {}),
        api_id: randomUUID(),
      },
    };
  }

  find(uuid: string): PlivoMessage {
    const found = this.all.find((each) => each.uuid === uuid);
    if (found === undefined) throw new PlivoComplaint(404, 'not found');
    return found;
  }

  show(uuid: string): ApiReply {
    return { status: 200, body: { api_id: randomUUID(), ...this.#write(this.find(uuid)) } };
  }

  list({ query, path }: ApiCall): ApiReply {
    const odd = [...query.keys()].find((name) => !filters.includes(name));
    if (odd !== undefined) throw new PlivoComplaint(400, `${odd} is not a known filter`);
    const shown = Date.now() - this.lagMs;
    const rows = this.all
      .filter((each) => each.at.getTime() <= shown && this.#fits(each, query))
      .toReversed()
      .map((each) => this.#write(each));
    return pageOf(rows, { query, path });
  }

  #fits(message: PlivoMessage, query: URLSearchParams): boolean {
    const written = writtenTime(message.at, this.zone).slice(0, 19);
    const is = (name: string, value: string): boolean => (query.get(name) ?? value) === value;
    return (
      is('message_direction', message.direction) &&
      is('message_state', message.state) &&
      is('from_number', message.from) &&
      is('to_number', message.to) &&
      (query.get('message_time__gte') ?? '') <= written &&
      (query.get('message_time__lte') ?? '9') >= written
    );
  }

  #record(uuid: string, { src, dst, text, type, url }: PlivoSend): PlivoMessage {
    return {
      uuid,
      direction: 'outbound',
      from: src.replace('+', ''),
      to: dst.replace('+', ''),
      type,
      at: new Date(),
      units: Math.max(1, Math.ceil((text ?? '').length / 153)),
      callback: url ?? null,
      state: 'queued',
      errorCode: null,
    };
  }

  /** Records hold no words. */
  #write(message: PlivoMessage): Record<string, unknown> {
    const { uuid, direction, from, to, type, at, units, state, errorCode } = message;
    const time = writtenTime(at, this.zone);
    return {
      message_uuid: uuid,
      message_direction: direction,
      message_state: state,
      message_time: time,
      message_type: type,
      from_number: from,
      to_number: to,
      units,
      total_rate: '0.00550',
      total_amount: (0.0055 * units).toFixed(5),
      carrier_fees_rate: '0.00300',
      carrier_fees: (0.003 * units).toFixed(5),
      error_code: errorCode,
      error_message: errorCode === null || errorCode === '000' ? '' : 'In words',
      message_sent_time: time,
      message_updated_time: time,
      resource_uri: `/v1/Account/MAXX/Message/${uuid}/`,
    };
  }
}
