import { z } from 'zod';

import { FlowrouteComplaint } from './flowroute-complaint.ts';
import type { ApiCall, ApiReply } from './loopback-api.ts';

export type FlowrouteNumber = {
  /** Eleven digits. */
  readonly value: string;
  readonly alias: string | null;
  readonly type: 'longcode' | 'toll-free';
  messagingEnabled: boolean;
};

type Task = { readonly id: string; readonly number: string; looks: number };

const provisionShape = z.strictObject({
  numbers: z.array(z.string().regex(/^1\d{10}$/)).min(1),
  action: z.enum(['enable', 'disable']),
  callback_url: z.url().optional(),
  email: z.boolean().optional(),
});
const purchaseShape = z.strictObject({
  messaging_enabled: z.boolean().optional(),
  cnam_lookups_enabled: z.boolean().optional(),
});
const callbackShape = z.strictObject({
  data: z.strictObject({ attributes: z.strictObject({ callback_url: z.url() }) }),
});
const callbackTypes = ['sms_callback', 'mms_callback', 'sms_dlr_callback', 'mms_dlr_callback'];

/** The numbers of the account, those for sale, and what the carrier calls for each. */
export class FlowrouteNumbers {
  readonly owned: FlowrouteNumber[];
  readonly forSale: FlowrouteNumber[];
  /** By number and type, such as `15550100001 sms_callback`. */
  readonly callbacks = new Map<string, string>();
  /** Purchases succeed but switching messaging on does not. */
  provisioningDown = false;
  /** How often a task is still under way when asked for. */
  slowTasks = 1;
  readonly #tasks: Task[] = [];

  constructor(owned: FlowrouteNumber[], forSale: FlowrouteNumber[]) {
    this.owned = owned;
    this.forSale = forSale;
  }

  find(number: string): FlowrouteNumber | undefined {
    return this.owned.find((each) => each.value === number.replace(/^\+/, ''));
  }

  list({ query }: ApiCall): ApiReply {
    const limit = Number(query.get('limit') ?? 10);
    const offset = Number(query.get('offset') ?? 0);
    if (!(limit >= 1 && limit <= 200)) throw new FlowrouteComplaint(400, 'limit is 1 to 200.');
    const data = this.owned.slice(offset, offset + limit).map((each) => write(each));
    const more = offset + limit < this.owned.length;
    const next = more ? { next: `http://numbers-api/v2/numbers?offset=${offset + limit}` } : {};
    return {
      status: 200,
      body: { data, links: { self: 'http://numbers-api/v2/numbers', ...next } },
    };
  }

  search({ query }: ApiCall): ApiReply {
    const type = query.get('number_type') ?? 'longcode';
    if (!['longcode', 'toll-free'].includes(type))
      throw new FlowrouteComplaint(422, 'number_type is longcode or toll-free.');
    const start = `1${query.get('starts_with') ?? ''}`;
    const fitting = this.forSale.filter(
      (each) => each.type === type && each.value.startsWith(start),
    );
    const limit = Number(query.get('limit') ?? 10);
    const costs = { monthly_cost: 1.25, setup_cost: '1.00' };
    return {
      status: 200,
      body: { data: fitting.slice(0, limit).map((each) => write(each, costs)), links: {} },
    };
  }

  buy(number: string, { body }: ApiCall): ApiReply {
    const at = this.forSale.findIndex((each) => each.value === number);
    const wanted = purchaseShape.safeParse(body.length === 0 ? {} : JSON.parse(body.toString()));
    if (!wanted.success) throw new FlowrouteComplaint(422, 'A field is not known.');
    const [bought] = at < 0 ? [] : this.forSale.splice(at, 1);
    if (bought === undefined) throw new FlowrouteComplaint(404, 'The number is not for sale.');
    this.owned.push(bought);
    // A task of its own switches messaging on, so that the answer never tells of it.
    const included = wanted.data.messaging_enabled === true ? [this.#startTask(bought.value)] : [];
    const status = this.provisioningDown && included.length > 0 ? 207 : 201;
    return { status, body: { data: { data: write(bought), included, links: {} } } };
  }

  setCallback(number: string, type: string, { body }: ApiCall): ApiReply {
    if (!callbackTypes.includes(type)) throw new FlowrouteComplaint(404, 'No such callback.');
    if (this.find(number) === undefined) throw new FlowrouteComplaint(404, 'No such number.');
    const read = callbackShape.safeParse(JSON.parse(body.toString()));
    if (!read.success) throw new FlowrouteComplaint(422, 'callback_url is not an address.');
    this.callbacks.set(`${number} ${type}`, read.data.data.attributes.callback_url);
    return { status: 204 };
  }

  provision({ body }: ApiCall): ApiReply {
    const read = provisionShape.safeParse(JSON.parse(body.toString()));
    const number = read.data?.numbers[0] ?? '';
    if (this.find(number) === undefined) throw new FlowrouteComplaint(422, 'No such number.');
    return { status: 201, body: { data: this.#startTask(number) } };
  }

  readTask(id: string): ApiReply {
    const task = this.#tasks.find((each) => each.id === id);
    if (task === undefined) throw new FlowrouteComplaint(404, 'No such task.');
    task.looks += 1;
    return { status: 200, body: { data: this.#writeTask(task) } };
  }

  #startTask(number: string): Record<string, unknown> {
    const task = { id: `task-${this.#tasks.length + 1}`, number, looks: 0 };
    this.#tasks.push(task);
    return this.#writeTask(task);
  }

  #writeTask({ id, number, looks }: Task): Record<string, unknown> {
    const done = looks >= this.slowTasks;
    const owned = this.find(number);
    if (done && !this.provisioningDown && owned !== undefined) owned.messagingEnabled = true;
    const status = done ? (this.provisioningDown ? 'failed' : 'successful') : 'processing';
    return { type: 'message_provisioning_status', id, attributes: { status, tn: number } };
  }
}

function write(number: FlowrouteNumber, more: Record<string, unknown> = {}): unknown {
  const { value, alias, type: number_type, messagingEnabled: messaging_enabled } = number;
  const place = { rate_center: 'oradell', state: 'nj' };
  const attributes = { value, alias, number_type, ...place, messaging_enabled, ...more };
  return { type: 'number', id: value, attributes, links: { self: `/v2/numbers/${value}` } };
}
