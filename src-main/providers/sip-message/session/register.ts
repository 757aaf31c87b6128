import { randomUUID } from 'node:crypto';

import type { Agent, Asked } from '../agent/agent.ts';
import { type Question, type Thread, newThread } from '../agent/write-request.ts';
import type { Profile } from '../profile.ts';
import { readNameAddress, readUri } from '../wire/address.ts';
import {
  MalformedMessage,
  type SipHeader,
  type SipResponse,
  headerOf,
  headersOf,
} from '../wire/message.ts';
import { splitList } from '../wire/split-list.ts';

/** A registration that the server granted. */
export type Granted = {
  /** How long it holds, in seconds. */
  readonly expires: number;
  /** How many other places the account is registered at: what comes in may go there too, or there alone. */
  readonly others: number;
};

export type Registered =
  | { readonly kind: 'granted'; readonly granted: Granted }
  | { readonly kind: 'not-granted'; readonly asked: Asked };

/* A registrar that wants longer than a day means something else. */
const longestExpires = 86_400;

/**
 * Registers an account over one flow, and again to renew it; `Min-Expires` and a first hop that knows no RFC 5626 are
 * heeded. Where the profile registers nothing, an OPTIONS says whether the server is there.
 */
export class Registration {
  readonly #profile: Profile;
  readonly #agent: Agent;
  readonly #instance: string;
  readonly #thread: Thread = newThread();
  #expires: number;
  #outbound: boolean;

  constructor(agent: Agent, profile: Profile, instance: string = randomUUID()) {
    this.#agent = agent;
    this.#profile = profile;
    this.#instance = instance;
    this.#expires = profile.expires;
    this.#outbound = profile.outbound;
  }

  async renew(): Promise<Registered> {
    for (let tries = 1; ; tries += 1) {
      const asked = await this.#ask(this.#expires);
      if (asked.kind === 'answered' && asked.response.status < 300)
        return { kind: 'granted', granted: this.#grantedBy(asked.response) };
      if (tries === 3 || asked.kind !== 'answered' || !this.#yieldsTo(asked.response))
        return { kind: 'not-granted', asked };
    }
  }

  /** Takes the registration back, so that nothing more is sent to where nobody will be. */
  async end(): Promise<void> {
    if (this.#profile.register) await this.#ask(0);
  }

  #ask(expires: number): Promise<Asked> {
    const { register } = this.#profile;
    const headers = register ? this.#headers(expires) : [];
    const method = register ? 'REGISTER' : 'OPTIONS';
    return this.#agent.ask({ ...accountQuestion(this.#profile, method), headers }, this.#thread);
  }

  #headers(expires: number): SipHeader[] {
    const outbound: SipHeader[] = this.#outbound ? [['Supported', 'outbound, path']] : [];
    const regId = this.#outbound ? ';reg-id=1' : '';
    const instance = `+sip.instance="<urn:uuid:${this.#instance}>"`;
    const contact = `<${contactOf(this.#agent, this.#profile)}>`;
    return [
      ['Contact', `${contact};expires=${expires};methods="MESSAGE, OPTIONS";${instance}${regId}`],
      ['Expires', String(expires)],
      ['Allow', 'MESSAGE, OPTIONS'],
      ...outbound,
    ];
  }

  /** Takes up what the server wants otherwise; false where there is nothing to be done. */
  #yieldsTo(response: SipResponse): boolean {
    if (response.status === 423) return this.#raiseTo(Number(headerOf(response, 'min-expires')));
    const refusesOutbound = response.status === 439 || response.status === 420;
    if (!refusesOutbound || !this.#outbound) return false;
    this.#outbound = false;
    return true;
  }

  #raiseTo(seconds: number): boolean {
    if (!(seconds > this.#expires && seconds <= longestExpires)) return false;
    this.#expires = seconds;
    return true;
  }

  #grantedBy(response: SipResponse): Granted {
    const contacts = readContacts(response);
    const ours = contacts.filter(({ uri, instance }) =>
      instance === '' ? hostOf(uri) === this.#agent.flow.local : instance.includes(this.#instance),
    );
    const said = ours[0]?.expires ?? headerOf(response, 'expires') ?? '';
    const seconds = /^[1-9]\d{0,8}$/.test(said) ? Number(said) : this.#expires;
    return { expires: seconds, others: contacts.length - ours.length };
  }
}

/** A question about the account itself. */
export function accountQuestion(profile: Profile, method: Question['method']): Question {
  const account = `sip:${profile.username}@${profile.domain}`;
  const uri = method === 'REGISTER' ? `sip:${profile.registrar}` : `sip:${profile.domain}`;
  return { method, uri, from: account, to: account, headers: [], body: new Uint8Array(0) };
}

function contactOf({ flow }: Agent, { username, outbound }: Profile): string {
  const transport = flow.transport === 'WSS' ? 'ws' : flow.transport.toLowerCase();
  return `sip:${username}@${flow.local};transport=${transport}${outbound ? ';ob' : ''}`;
}

type Contact = {
  readonly uri: string;
  readonly instance: string;
  readonly expires?: string | undefined;
};

function readContacts(response: SipResponse): Contact[] {
  return headersOf(response, 'contact')
    .flatMap((value) => splitList(value))
    .flatMap((value) => {
      try {
        const { uri, parameters } = readNameAddress(value);
        const instance = parameters.get('+sip.instance') ?? '';
        return [{ uri, instance, expires: parameters.get('expires') }];
      } catch (error) {
        if (error instanceof MalformedMessage) return [];
        throw error;
      }
    });
}

const hostOf = (uri: string): string => readUri(uri)?.host ?? '';
