import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { ApiCall, ApiReply } from './loopback-api.ts';
import { PlivoComplaint } from './plivo-complaint.ts';
import { pageOf } from './plivo-pages.ts';

export type PlivoNumber = {
  /** Without plus. */
  readonly number: string;
  readonly type: 'local' | 'tollfree';
  readonly alias?: string;
  readonly mms?: boolean;
  readonly registration?: string;
  readonly campaign?: string;
  readonly verification?: string;
  application: string | null;
};

type Application = {
  readonly app_id: string;
  readonly app_name: string;
  readonly answer_url: string;
  message_url: string;
  message_method: string;
};

const url = z.url({ protocol: /^https?$/ });
const applicationShape = z.strictObject({
  app_name: z.string().min(1).optional(),
  message_url: url.optional(),
  message_method: z.enum(['POST', 'GET']).optional(),
});
const numberShape = z.strictObject({ app_id: z.string() });
const purchaseShape = z.strictObject({ app_id: z.string().optional() });

/** The numbers of an account, those for sale, and the applications their calls and texts go to. */
export class PlivoNumbers {
  readonly owned: PlivoNumber[];
  readonly forSale: PlivoNumber[];
  readonly applications: Application[] = [];
  /** What a purchase comes to at once. */
  purchase = 'Success';
  readonly #account: string;

  constructor(account: string, owned: PlivoNumber[], forSale: PlivoNumber[]) {
    this.#account = account;
    this.owned = owned;
    this.forSale = forSale;
  }

  find(number: string): PlivoNumber {
    const found = this.owned.find((each) => each.number === number);
    if (found === undefined) throw new PlivoComplaint(404, 'not found');
    return found;
  }

  addApplication(id: string, messageUrl: string): void {
    const answer_url = 'https://calls.example/answer';
    const named = { app_id: id, app_name: `app ${id}`, answer_url };
    this.applications.push({ ...named, message_url: messageUrl, message_method: 'GET' });
  }

  /** Where texts to a number go; null where nowhere. */
  messageUrl(number: string): string | null {
    const { application } = this.find(number);
    const found = this.applications.find(({ app_id }) => app_id === application);
    return found === undefined || found.message_url === '' ? null : found.message_url;
  }

  list(call: ApiCall): ApiReply {
    return pageOf(
      this.owned.map((each) => this.#write(each)),
      call,
    );
  }

  show(number: string): ApiReply {
    return { status: 200, body: { api_id: randomUUID(), ...this.#write(this.find(number)) } };
  }

  change(number: string, { body }: ApiCall): ApiReply {
    const read = numberShape.safeParse(JSON.parse(body.toString()));
    if (!read.success) throw new PlivoComplaint(400, 'a parameter is not valid');
    this.#application(read.data.app_id);
    this.find(number).application = read.data.app_id;
    return { status: 202, body: { api_id: randomUUID(), message: 'changed' } };
  }

  search(call: ApiCall): ApiReply {
    if (call.query.get('country_iso') === null)
      throw new PlivoComplaint(400, 'country_iso parameter is required');
    const [type, pattern] = [call.query.get('type'), call.query.get('pattern') ?? ''];
    const rows = this.forSale
      .filter((each) => each.type === type && each.number.startsWith(`1${pattern}`))
      .map((each) => ({
        number: each.number,
        type: each.type === 'local' ? 'fixed' : 'tollfree',
        city: null,
        rate_center: 'ORADELL',
        region: 'New Jersey, UNITED STATES',
        sms_enabled: true,
        mms_enabled: each.mms === true,
        setup_rate: '0.00000',
        monthly_rental_rate: '0.80000',
      }));
    return pageOf(rows, call);
  }

  buy(number: string, { body }: ApiCall): ApiReply {
    const wanted = purchaseShape.safeParse(JSON.parse(body.toString()));
    if (!wanted.success) throw new PlivoComplaint(400, 'a parameter is not valid');
    const at = this.forSale.findIndex((each) => each.number === number);
    const [bought] = at < 0 ? [] : this.forSale.splice(at, 1);
    if (bought === undefined) throw new PlivoComplaint(404, 'number not found');
    bought.application = wanted.data.app_id ?? null;
    if (this.purchase === 'Success') this.owned.push(bought);
    const numbers = [{ number, status: this.purchase }];
    return { status: 201, body: { api_id: randomUUID(), message: 'created', numbers } };
  }

  showApplication(id: string): ApiReply {
    return { status: 200, body: { api_id: randomUUID(), ...this.#application(id) } };
  }

  makeApplication({ body }: ApiCall): ApiReply {
    const read = applicationShape.required({ app_name: true }).safeParse(JSON.parse(String(body)));
    if (!read.success) throw new PlivoComplaint(400, 'a parameter is not valid');
    const { app_name, message_url = '', message_method = 'POST' } = read.data;
    if (this.applications.some((each) => each.app_name === app_name))
      throw new PlivoComplaint(400, 'app_name is taken');
    const app_id = String(20_000_000_000_000_000n + BigInt(this.applications.length));
    this.applications.push({ app_id, app_name, answer_url: '', message_url, message_method });
    return { status: 201, body: { api_id: randomUUID(), message: 'created', app_id } };
  }

  changeApplication(id: string, { body }: ApiCall): ApiReply {
    const read = applicationShape.safeParse(JSON.parse(body.toString()));
    if (!read.success) throw new PlivoComplaint(400, 'a parameter is not valid');
    Object.assign(this.#application(id), read.data);
    return { status: 202, body: { api_id: randomUUID(), message: 'changed' } };
  }

  #application(id: string): Application {
    const found = this.applications.find(({ app_id }) => app_id === id);
    if (found === undefined) throw new PlivoComplaint(404, 'application not found');
    return found;
  }

  #write(each: PlivoNumber): Record<string, unknown> {
    const path = `/v1/Account/${this.#account}/Application/${each.application}/`;
    return {
      number: each.number,
      alias: each.alias ?? null,
      application: each.application === null ? null : path,
      active: true,
      country: 'United States',
      number_type: each.type,
      sms_enabled: true,
      mms_enabled: each.mms === true,
      voice_enabled: true,
      monthly_rental_rate: '0.80000',
      tendlc_campaign_id: each.campaign ?? null,
      tendlc_registration_status: each.registration ?? null,
      toll_free_sms_verification: each.verification ?? null,
      sub_account: null,
    };
  }
}
