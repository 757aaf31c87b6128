import { createHash } from 'node:crypto';

import {
  type DeliveryEvent,
  type RawDelivery,
  type TextReceived,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import { referenceIn } from '#shared/provider/find-hook.ts';

import { fromCarrierNumber } from './carrier-format.ts';
import type { DeliveryRules, TextRules } from './delivery-rules.ts';
import { readMedia } from './read-media.ts';
import { readMoment } from './read-moment.ts';
import { readReceipt } from './read-receipt.ts';
import { type Finder, findAll } from './reply/finder.ts';
import { follow } from './reply/path.ts';
import { type Tree, readTree } from './reply/read-tree.ts';
import { unreadable } from './unreadable.ts';

/** No carrier brings more in one call. */
const mostEvents = 1_000;

/**
 * What a call says by the rules of the settings.
 * @throws UnreadableDelivery that names the field, never its content
 */
export function readDelivery(rules: DeliveryRules, raw: RawDelivery): readonly DeliveryEvent[] {
  const tree = readTree(raw.body, raw.headers['content-type']);
  if (tree === null || typeof tree.values !== 'object' || tree.values === null)
    throw new UnreadableDelivery('the body is neither JSON nor a form nor XML in UTF-8');
  const all = rules.list === null ? [tree.values] : follow(tree.values, rules.list).flat();
  if (all.length === 0 || all.length > mostEvents)
    throw new UnreadableDelivery('the body is not a known call: inbound.list is not there');
  const place = { raw, reference: referenceIn(raw.url) };
  return all.flatMap((values, index) => {
    const one = all.length === 1 ? tree : { text: '', values };
    return readOne(rules, { text: one.text, values }, { ...place, index });
  });
}

type Place = {
  readonly raw: RawDelivery;
  readonly reference: string | null;
  readonly index: number;
};

function readOne(rules: DeliveryRules, tree: Tree, place: Place): readonly DeliveryEvent[] {
  const { texts, receipts } = rules;
  const isReceipt = speaksOfStatus(rules, tree, place);
  if (isReceipt && receipts !== null) return readReceipt(receipts, tree, place.reference);
  if (texts === null || place.reference !== null) throw unreadable('receipts.status');
  return [readText(texts, tree, { ...place, rules })];
}

/**
 * A call on an address that we gave for one text is about that text. Else `when` decides, where it is given, and where it is not,
 * whether there is a status.
 */
function speaksOfStatus({ texts, receipts }: DeliveryRules, tree: Tree, place: Place): boolean {
  if (place.reference !== null || texts === null) return true;
  if (texts.when !== null) return !texts.when(tree);
  return receipts?.status(tree) != null;
}

function readText(
  texts: TextRules,
  tree: Tree,
  { raw, index, rules }: Place & { readonly rules: DeliveryRules },
): TextReceived {
  if (texts.when?.(tree) === false) throw unreadable('inbound.when');
  const number = (name: 'from' | 'to'): string => {
    const found = texts[name](tree);
    const read = found === null ? null : fromCarrierNumber(rules.numberFormat, found);
    if (read === null) throw unreadable(`inbound.${name}`);
    return read;
  };
  const media = readMedia(texts, tree);
  const words = texts.text === null ? [] : findAll(tree, texts.text);
  if (words === null) throw unreadable('inbound.text');
  if (words.length === 0 && media.length === 0) throw unreadable('inbound.text');
  return {
    kind: 'text-received',
    providerMessageId: idOf(texts.id, tree, { raw, index }),
    from: number('from'),
    to: number('to'),
    text: words.join('\n'),
    media,
    part: null,
    sentAt: readMoment(texts.time?.(tree) ?? null),
  };
}

/** A text without an id of its own is known by the call it came in. */
function idOf(
  finder: Finder | null,
  tree: Tree,
  { raw, index }: Pick<Place, 'raw' | 'index'>,
): string {
  if (finder === null) {
    const digest = createHash('sha256').update(raw.body).digest('hex');
    return `call-${digest.slice(0, 40)}-${index}`;
  }
  const id = finder(tree);
  if (id === null || !/^[\u0020-\u007e]+$/.test(id)) throw unreadable('inbound.id');
  return id;
}
