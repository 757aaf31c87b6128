import type { z } from 'zod';

import { readForm } from '#main/http/read-form.ts';
import { fromCarrier } from '#shared/phone/carrier-number.ts';
import {
  type DeliveryEvent,
  type RawDelivery,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import { referenceIn } from '#shared/provider/find-hook.ts';

import { readCall } from './call-state.ts';
import {
  type HookFields,
  callHookShape,
  mediaHookShape,
  receiptHookShape,
  textHookShape,
} from './hook-types.ts';
import { readState } from './text-state.ts';

/**
 * What a hook says. The carrier calls all of them with forms whose fields tell them apart; fields that are not named here
 * are passed over. @throws UnreadableDelivery that names the field, never its content
 */
export function readDelivery(raw: RawDelivery): readonly DeliveryEvent[] {
  const form = readForm(raw.body);
  if (form === undefined) throw new UnreadableDelivery('the body is not a form in UTF-8');
  const fields = Object.fromEntries(form);
  if (form.has('CallSid')) return readCallHook(fields);
  const status = statusOf(form);
  if (status === null) return [textOf(fields)];
  return receiptsOf({ ...fields, MessageStatus: status }, raw);
}

/** Older callbacks call the state of a text out `SmsStatus`, which on a text in is always `received`. */
function statusOf(form: URLSearchParams): string | null {
  const sms = form.get('SmsStatus');
  return form.get('MessageStatus') ?? (/^receiv(ed|ing)$/.test(sms ?? 'received') ? null : sms);
}

function understand<Shape extends z.ZodType>(shape: Shape, fields: HookFields): z.infer<Shape> {
  const read = shape.safeParse(fields);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new UnreadableDelivery(`the form is not one that is known: ${field} is wrong or missing`);
}

function textOf(fields: HookFields): DeliveryEvent {
  const { MessageSid, From, To, Body, NumMedia } = understand(textHookShape, fields);
  const media = Array.from({ length: NumMedia }, (_, at) => understand(mediaHookShape(at), fields));
  return {
    kind: 'text-received',
    providerMessageId: MessageSid,
    from: fromCarrier(From),
    to: fromCarrier(To),
    text: Body,
    media,
    part: null,
    sentAt: null,
  };
}

function receiptsOf(fields: HookFields, raw: RawDelivery): DeliveryEvent[] {
  const told = understand(receiptHookShape, fields);
  const { MessageSid, MessageStatus: status, ErrorCode: code, ErrorMessage: words } = told;
  const state = readState({ status, code, words });
  if (state === null) return [];
  const reference = referenceIn(raw.url);
  /* The time of the carrier's receipt (`RawDlrDoneDate`) names no zone, so it tells no moment. */
  const receipt = { kind: 'receipt', providerMessageId: MessageSid, reference } as const;
  return [{ ...receipt, ...state, happenedAt: null }];
}

function readCallHook(fields: HookFields): DeliveryEvent[] {
  const told = understand(callHookShape, fields);
  const call = readCall({
    from: told.From,
    to: told.To,
    direction: told.Direction,
    status: told.CallStatus,
    seconds: told.CallDuration,
  });
  return call === null ? [] : [{ kind: 'call', providerCallId: told.CallSid, ...call }];
}
