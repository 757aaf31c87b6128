import { readForm } from '#main/http/read-form.ts';
import type { RemoteMedia } from '#shared/provider/delivery.ts';

import { type Callback, callbackShape, mediaUrl } from './wire-types.ts';

/** A callback's form, understood as far as its shape. `problem` names the field, never its content. */
export type CallbackReading =
  | {
      readonly kind: 'read';
      readonly fields: Callback;
      readonly media: readonly RemoteMedia[];
    }
  | { readonly kind: 'unreadable'; readonly problem: string };

export function readCallback(body: Uint8Array): CallbackReading {
  const form = readForm(body);
  if (form === undefined) return unreadable('the body is not a form in UTF-8');
  const read = callbackShape.safeParse(Object.fromEntries(form));
  if (!read.success) return unreadable(`${read.error.issues[0]?.path.join('.')} is wrong`);
  const addresses = mediaIn(form);
  if (!addresses.every((url) => mediaUrl.safeParse(url).success))
    return unreadable('the address of a medium is wrong');
  const { Status, Text, Body } = read.data;
  const says = Status ?? Text ?? Body ?? addresses[0];
  if (says === undefined) return unreadable('it is neither a text nor a receipt');
  const media = addresses.map((url) => ({ url, type: null }));
  return { kind: 'read', fields: read.data, media };
}

function unreadable(problem: string): CallbackReading {
  return { kind: 'unreadable', problem };
}

/** They are numbered, from 0 by some accounts and from 1 by others. */
function mediaIn(form: URLSearchParams): string[] {
  return [...form]
    .filter(([name]) => /^Media\d{1,3}$/.test(name))
    .toSorted(([a], [b]) => Number(a.slice(5)) - Number(b.slice(5)))
    .map(([, url]) => url);
}
