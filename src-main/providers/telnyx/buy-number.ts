import { setTimeout as pause } from 'node:timers/promises';

import type { Asked, CarrierNumber, NumberOffer } from '#shared/provider/carrier-lists.ts';

import { type Access, type Reply, type Until, ask, map, until } from './ask.ts';
import { readSurroundings, understand } from './describe-number.ts';
import { findNumber } from './list-numbers.ts';
import { orderShape } from './list-wire-types.ts';

/** How long to wait between two looks at an order, in milliseconds. */
const pauseMs = 500;

/**
 * Orders a number, on the connection's messaging profile where it has one, and waits for the order to be filled. An order that
 * is still open at the deadline is not told as bought: its id stands in the answer, and the number appears in the list once
 * the carrier has filled it.
 */
export async function buyNumber(
  access: Access,
  offer: NumberOffer,
  deadlineMs: number,
): Promise<Asked<CarrierNumber>> {
  const end = until(deadlineMs);
  const order = await placeOrder(access, offer, end);
  const done = order.kind === 'told' ? await waitForOrder(access, order.answer, end) : order;
  return done.kind === 'told' ? { kind: 'told', answer: await describe(access, offer, end) } : done;
}

type Order = { readonly id: string; readonly status: 'pending' | 'success' | 'failure' };

async function placeOrder(access: Access, offer: NumberOffer, end: Until): Promise<Reply<Order>> {
  const { profileId } = access;
  const body = {
    phone_numbers: [{ phone_number: offer.number }],
    ...(profileId === null ? {} : { messaging_profile_id: profileId }),
  };
  const request = { method: 'POST', path: '/number_orders', body, shape: orderShape } as const;
  return map(await ask(access, request, end), ({ data }) => data);
}

async function waitForOrder(access: Access, placed: Order, end: Until): Promise<Asked<null>> {
  const path = `/number_orders/${encodeURIComponent(placed.id)}`;
  let order = placed;
  while (order.status === 'pending' && end - performance.now() > pauseMs) {
    await pause(pauseMs);
    const reply = await ask(access, { method: 'GET', path, shape: orderShape }, end);
    // An order that cannot be looked at now is not lost: it is looked at again.
    if (reply.kind === 'told') order = reply.answer.data;
  }
  switch (order.status) {
    case 'success':
      return { kind: 'told', answer: null };
    case 'failure':
      return notBought('not-allowed', `order ${order.id} failed`);
    case 'pending':
      return notBought('no-answer', `order ${order.id} is pending`);
  }
}

function notBought(kind: 'not-allowed' | 'no-answer', raw: string): Asked<never> {
  return { kind: 'not-told', failure: { kind, raw } };
}

/** The number as the account now has it; it is bought also where the carrier does not show it yet. */
async function describe(access: Access, offer: NumberOffer, end: Until): Promise<CarrierNumber> {
  const { number, numberType, sms, mms } = offer;
  const row = await findNumber(access, number, end);
  if (row.kind === 'told' && row.answer !== null) {
    const around = await readSurroundings(access, [row.answer], end);
    if (around.kind === 'told') return understand(row.answer, around.answer);
  }
  return {
    number,
    id: null,
    label: null,
    numberType,
    sms,
    mms,
    voice: false,
    hookUrl: null,
    registration: null,
  };
}
