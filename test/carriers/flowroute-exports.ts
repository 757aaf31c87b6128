import { gzipSync } from 'node:zlib';

import { z } from 'zod';

import { FlowrouteComplaint } from './flowroute-complaint.ts';
import type { ApiCall, ApiReply } from './loopback-api.ts';

const time = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const exportShape = z.strictObject({
  data: z.strictObject({
    type: z.literal('cdrexport'),
    attributes: z.strictObject({
      callback_url: z.url().optional(),
      filter_parameters: z.strictObject({
        start_call_start_time: time,
        start_call_end_time: time,
        number_aliases: z.array(z.string()).optional(),
      }),
    }),
  }),
});

const columns =
  'direction,start_time,end_time,destination,number_alias,callerid,total_cost,destination_name,callerid_country,' +
  'line_information,result,call_fail_sip_code,call_fail_reason,duration,billed_duration,rate,first_increment,' +
  'subsequent_increment,cost_subtotal,connect_fee,usf_fee,ccrf,cnam_lookup_fee,custom_x_tag,customer_ip';

/** One call as a line of an export holds it. */
export type FlowrouteCall = {
  readonly direction: 'Inbound' | 'Outbound';
  /** In UTC, to the second. */
  readonly start: string;
  readonly destination: string;
  readonly callerid: string;
  readonly result?: string;
  readonly sipCode?: string;
  readonly seconds?: number;
};

type Export = { readonly id: number; readonly file: Buffer; looks: number };

const longest = 92 * 86_400_000;

/** Exports of call records: made on demand, asked after, then fetched where they lie. */
export class FlowrouteExports {
  readonly calls: FlowrouteCall[] = [];
  /** How often an export is still under way when asked for; never finished where Infinity. */
  slow = 1;
  /** What the file holds instead of the calls. */
  file: Buffer | null = null;
  readonly #exports: Export[] = [];
  readonly #origin: () => string;

  constructor(origin: () => string) {
    this.#origin = origin;
  }

  start({ body }: ApiCall): ApiReply {
    const read = exportShape.safeParse(JSON.parse(body.toString()));
    if (!read.success) throw new FlowrouteComplaint(422, 'The filter parameters are wrong.');
    const filter = read.data.data.attributes.filter_parameters;
    const [from, to] = [filter.start_call_start_time, filter.start_call_end_time];
    if (Date.parse(`${to}Z`) - Date.parse(`${from}Z`) > longest)
      throw new FlowrouteComplaint(422, 'The span is longer than 92 days.');
    const file = this.file ?? this.#write(from, to);
    const made = { id: this.#exports.length + 1, file, looks: 0 };
    this.#exports.push(made);
    return { status: 201, body: { data: this.#standing(made) } };
  }

  read(id: string): ApiReply {
    const made = this.#exports.find((each) => String(each.id) === id);
    if (made === undefined) throw new FlowrouteComplaint(404, 'No such export.');
    made.looks += 1;
    return { status: 200, body: { data: this.#standing(made) } };
  }

  /** The store holds signed addresses, and takes no second proof beside them. */
  fetch(id: string, { headers, query }: ApiCall): ApiReply {
    const made = this.#exports.find((each) => String(each.id) === id);
    if (headers.authorization !== undefined)
      return { status: 400, body: '<Error><Code>InvalidArgument</Code></Error>' };
    if (made === undefined || query.get('Signature') !== 'good')
      return { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
    return { status: 200, headers: { 'content-type': 'application/gzip' }, body: made.file };
  }

  #standing({ id, looks }: Export): unknown {
    const done = looks >= this.slow;
    const url = `${this.#origin()}/cdr-store/${id}.csv.gz?Signature=good`;
    const status = done ? 'completed' : 'processing';
    return { type: 'cdrexport', id, attributes: { status, download_url: done ? url : null } };
  }

  #write(from: string, to: string): Buffer {
    const lines = this.calls
      .filter(({ start }) => start >= from && start < to)
      .map((call) => {
        const { direction, start, destination, callerid, seconds = 0 } = call;
        const { result = 'completed', sipCode = '' } = call;
        const cost = [0, '"Oradell, ""NJ"""', 'US', ''];
        const end = [seconds, seconds, 0.01, 6, 6, 0, 0, 0, 0, 0, '', '127.0.0.1'];
        const head = [direction, start, start, destination, 'Office', callerid];
        return [...head, ...cost, result, sipCode, '', ...end].join(',');
      });
    return gzipSync([columns, ...lines, ''].join('\r\n'));
  }
}
