import { z } from 'zod';

import type { ReceiptState } from '#shared/provider/delivery.ts';

import { type ComplaintRules, optional, readComplaintRules } from './answer-rules.ts';
import type { NumberFormat } from './carrier-format.ts';
import { readJsonSetting } from './read-map.ts';
import type { Settings } from './read-settings.ts';
import { type Condition, compileCondition } from './reply/condition.ts';
import { type Finder, compileFinder } from './reply/finder.ts';
import { type Path, compilePath } from './reply/path.ts';
import { WrongSetting } from './wrong-setting.ts';

/** Where a call that brings a text holds what. */
export type TextRules = {
  readonly when: Condition | null;
  readonly from: Finder;
  readonly to: Finder;
  readonly text: Path | null;
  readonly media: readonly Path[];
  readonly mediaTypes: readonly Path[];
  readonly id: Finder | null;
  readonly time: Finder | null;
};

/** Where a call that brings a receipt holds what. */
export type ReceiptRules = {
  readonly status: Finder;
  readonly id: Finder | null;
  readonly reference: Finder | null;
  readonly time: Finder | null;
  readonly states: ReadonlyMap<string, ReceiptState>;
  readonly complaint: ComplaintRules;
};

/** What the carrier's calls mean. `list`: where the events are, where one call brings several. */
export type DeliveryRules = {
  readonly list: Path | null;
  readonly texts: TextRules | null;
  readonly receipts: ReceiptRules | null;
  readonly numberFormat: NumberFormat;
};

const path = z.string().max(300);
const paths = z.union([path.transform((each) => [each]), z.array(path).max(20)]);
const textShape = z.strictObject({
  from: path,
  to: path,
  text: path.optional(),
  media: paths.optional(),
  mediaTypes: paths.optional(),
  id: path.optional(),
  time: path.optional(),
  when: path.optional(),
  list: path.optional(),
});
const receiptShape = z.strictObject({
  status: path,
  id: path.optional(),
  reference: path.optional(),
  errorCode: path.optional(),
  errorWords: path.optional(),
  time: path.optional(),
});
const states = ['accepted', 'sent', 'delivered', 'failed'] as const;
const statesShape = z.record(z.string(), z.enum(states, `must be one of ${states.join(', ')}`));

/** What most carriers call it, in small letters. */
const usualStates: readonly (readonly [ReceiptState, string])[] = [
  ['accepted', 'accepted queued scheduled sending pending'],
  ['sent', 'sent submitted dispatched'],
  ['delivered', 'delivered read'],
  ['failed', 'failed undelivered undeliverable delivery_failed rejected expired'],
];

/** @throws {WrongSetting} naming the member */
export function readDeliveryRules(settings: Settings): DeliveryRules {
  const { inbound, receipts, receiptStates, numberFormat } = settings;
  const texts = optional(inbound, (json) => readJsonSetting('inbound', json, textShape));
  if (receipts === null && receiptStates !== null)
    throw new WrongSetting('receiptStates', 'means nothing without receipts');
  return {
    list: compileAt('inbound.list', texts?.list, compilePath),
    texts: texts === null ? null : compileTexts(texts),
    receipts: optional(receipts, (json) => compileReceipts(json, settings)),
    numberFormat,
  };
}

type Compile<Made> = (field: string, written: string) => Made;

function compileAt<Made>(
  field: string,
  written: string | undefined,
  compile: Compile<Made>,
): Made | null {
  return written === undefined || written.trim() === '' ? null : compile(field, written);
}

function compileTexts(rules: z.infer<typeof textShape>): TextRules {
  const id = compileAt('inbound.id', rules.id, compileFinder);
  const time = compileAt('inbound.time', rules.time, compileFinder);
  if (id === null && time === null) {
    throw new WrongSetting(
      'inbound.id',
      'is missing: without an id or a time, two equal texts could not be told from one sent twice',
    );
  }
  const each = (field: string, list: readonly string[] | undefined): readonly Path[] =>
    (list ?? []).filter((one) => one.trim() !== '').map((one) => compilePath(field, one));
  return {
    when: compileAt('inbound.when', rules.when, compileCondition),
    from: compileFinder('inbound.from', rules.from),
    to: compileFinder('inbound.to', rules.to),
    text: compileAt('inbound.text', rules.text, compilePath),
    media: each('inbound.media', rules.media),
    mediaTypes: each('inbound.mediaTypes', rules.mediaTypes),
    id,
    time,
  };
}

function compileReceipts(json: string, settings: Settings): ReceiptRules {
  const rules = readJsonSetting('receipts', json, receiptShape);
  const find = (name: 'id' | 'reference' | 'time' | 'errorCode' | 'errorWords'): Finder | null =>
    compileAt(`receipts.${name}`, rules[name], compileFinder);
  const { kinds } = readComplaintRules(settings);
  return {
    status: compileFinder('receipts.status', rules.status),
    id: find('id'),
    reference: find('reference'),
    time: find('time'),
    states: readStates(settings.receiptStates),
    complaint: { code: find('errorCode'), words: find('errorWords'), kinds },
  };
}

function readStates(written: string | null): ReadonlyMap<string, ReceiptState> {
  const usual = usualStates.flatMap(([state, words]) =>
    words.split(' ').map((word) => [word, state] as const),
  );
  const own =
    optional(written, (json) => readJsonSetting('receiptStates', json, statesShape)) ?? {};
  const ownStates = Object.entries(own).map(
    ([word, state]) => [word.toLowerCase(), state] as const,
  );
  return new Map([...usual, ...ownStates]);
}
