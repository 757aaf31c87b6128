import type { z } from 'zod';

import { notOfShape } from '#main/http/answer-outcomes.ts';
import type { Asked } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { askInTurns } from './ask-in-turns.ts';
import { ask } from './ask.ts';
import { type ServiceWire, serviceNumbersShape, servicesShape } from './wire-types.ts';

/** A list longer than so many pages is not what was asked for. */
const mostPages = 50;

type Paged = { readonly meta: { readonly next_page_url?: string | null | undefined } };

/** Every page of a list of the messaging host. */
export async function askEveryPage<Shape extends z.ZodType<Paged>>(
  access: Access,
  { path, shape }: { readonly path: string; readonly shape: Shape },
  until: number,
): Promise<Asked<readonly z.infer<Shape>[]>> {
  const pages: z.infer<Shape>[] = [];
  let at: string | null = path;
  while (at !== null && pages.length < mostPages) {
    const question = { host: 'messaging', path: at, form: null, shape } as const;
    const asked: Asked<z.infer<Shape>> = await ask(access, question, until);
    if (asked.kind === 'not-told') return asked;
    pages.push(asked.answer);
    at = pathOf(asked.answer.meta.next_page_url);
  }
  return at === null ? { kind: 'told', answer: pages } : notOfShape;
}

/** Only the path of the next page counts: credentials go to the host they are for, whatever an answer says. */
function pathOf(url: string | null | undefined): string | null {
  if (url == null) return null;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** A messaging service (a pool of senders) and the ids of the numbers in it. */
export type Service = { readonly service: ServiceWire; readonly numbers: readonly string[] };

/** Every messaging service of the account. A number is in at most one. */
export async function listServices(
  access: Access,
  until: number,
): Promise<Asked<readonly Service[]>> {
  const list = { path: '/v1/Services?PageSize=100', shape: servicesShape };
  const asked = await askEveryPage(access, list, until);
  if (asked.kind === 'not-told') return asked;
  const services = asked.answer.flatMap((page) => page.services);
  return await askInTurns(services, (service) => withNumbers(access, service, until));
}

async function withNumbers(
  access: Access,
  service: ServiceWire,
  until: number,
): Promise<Asked<Service>> {
  const path = `/v1/Services/${service.sid}/PhoneNumbers?PageSize=1000`;
  const asked = await askEveryPage(access, { path, shape: serviceNumbersShape }, until);
  if (asked.kind === 'not-told') return asked;
  const numbers = asked.answer.flatMap((page) => page.phone_numbers.map(({ sid }) => sid));
  return { kind: 'told', answer: { service, numbers } };
}
