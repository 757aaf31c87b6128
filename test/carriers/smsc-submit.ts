import { decodeGsm } from '#shared/text/decode-gsm.ts';

import { Breach, Fields } from './smsc-units.ts';

/** A submit_sm that was taken. */
export type Submit = {
  readonly sourceTon: number;
  readonly sourceNpi: number;
  readonly source: string;
  readonly destTon: number;
  readonly destNpi: number;
  readonly dest: string;
  readonly esmClass: number;
  readonly registeredDelivery: number;
  readonly dataCoding: number;
  readonly shortMessage: Buffer;
  readonly tlvs: ReadonlyMap<number, Buffer>;
  /** What the header or the parameters say of its place; null for a whole text. */
  readonly place: {
    readonly reference: number;
    readonly total: number;
    readonly sequence: number;
  } | null;
  /** Its text, header taken off. */
  readonly text: string;
};

/** Reads a submit_sm as a strict centre does. @throws Breach with the command_status to answer */
export function readSubmit(body: Buffer): Submit {
  const fields = new Fields(body);
  fields.text(6, 0x15);
  const [sourceTon, sourceNpi] = [fields.number(1), fields.number(1)];
  const source = fields.text(21, 0x0a);
  const [destTon, destNpi] = [fields.number(1), fields.number(1)];
  const dest = fields.text(21, 0x0b);
  checkAddress(
    { ton: sourceTon, npi: sourceNpi, text: source },
    { ton: 0x48, npi: 0x49, text: 0x0a },
  );
  checkAddress({ ton: destTon, npi: destNpi, text: dest }, { ton: 0x50, npi: 0x51, text: 0x0b });
  if (destTon === 5) throw new Breach(0x50, 'a name cannot be texted');
  const esmClass = fields.number(1);
  if ((esmClass & ~0x40) !== 0) throw new Breach(0x43, 'esm_class');
  if (fields.number(1) !== 0 || fields.number(1) !== 0) throw new Breach(0x06, 'priority');
  if (fields.text(17, 0x61) !== '' || fields.text(17, 0x62) !== '') throw new Breach(0x61, 'times');
  const registeredDelivery = fields.number(1);
  if (registeredDelivery > 2) throw new Breach(0x07, 'registered_delivery');
  if (fields.number(1) !== 0) throw new Breach(0x54, 'replace_if_present_flag');
  const dataCoding = fields.number(1);
  if (fields.number(1) !== 0) throw new Breach(0x63, 'sm_default_msg_id');
  const length = fields.number(1);
  if (length > 254) throw new Breach(0x01, 'sm_length');
  const shortMessage = fields.take(length);
  const tlvs = fields.tlvs();
  return {
    sourceTon,
    sourceNpi,
    source,
    destTon,
    destNpi,
    dest,
    esmClass,
    registeredDelivery,
    dataCoding,
    shortMessage,
    tlvs,
    ...readContent({ esmClass, dataCoding, shortMessage, tlvs }),
  };
}

type Address = { readonly ton: number; readonly npi: number; readonly text: string };

function checkAddress(
  { ton, npi, text }: Address,
  status: Address | Record<keyof Address, number>,
) {
  const fail = (field: keyof Address): never => {
    throw new Breach(Number(status[field]), `${field} of ${text}`);
  };
  if (ton === 1 && (npi !== 1 || !/^[1-9]\d{6,14}$/.test(text))) fail(npi === 1 ? 'text' : 'npi');
  if (ton === 3 && !/^\d{3,6}$/.test(text)) fail('text');
  if (ton === 5 && (npi !== 0 || text.length > 11)) fail(npi === 0 ? 'text' : 'npi');
  if (![0, 1, 3, 5, 6].includes(ton)) fail('ton');
}

type Content = Pick<Submit, 'esmClass' | 'dataCoding' | 'shortMessage' | 'tlvs'>;

function readContent({ esmClass, dataCoding, shortMessage, tlvs }: Content) {
  checkTlvs(tlvs);
  const payload = tlvs.get(0x0424);
  if (payload !== undefined && shortMessage.length > 0) throw new Breach(0x01, 'both fields');
  const whole = payload ?? shortMessage;
  const header = (esmClass & 0x40) === 0 ? noHeader : readHeader(whole);
  const octets = whole.subarray(header.length);
  const inAir = dataCoding === 8 ? octets.length : Math.ceil((octets.length * 7) / 8);
  if (payload === undefined && inAir + header.length > 140)
    throw new Breach(0x01, 'more than one part holds');
  return { place: header.place ?? sarPlace(tlvs), text: decode(octets, dataCoding) };
}

const noHeader = { length: 0, place: null } as const;
const lengths: ReadonlyMap<number, number> = new Map([
  [0x0204, 2],
  [0x020c, 2],
  [0x020e, 1],
  [0x020f, 1],
]);

function checkTlvs(tlvs: Content['tlvs']): void {
  for (const [tag, value] of tlvs) {
    const isKnown = tag === 0x0424 || lengths.has(tag) || (tag >= 0x1400 && tag <= 0x3fff);
    if (!isKnown) throw new Breach(0xc1, 'a tag');
    if (value.length !== (lengths.get(tag) ?? value.length)) throw new Breach(0xc2, 'a length');
  }
}

function readHeader(octets: Buffer) {
  const [length, tag, size] = octets;
  const is8 = length === 5 && tag === 0x00 && size === 3;
  const is16 = length === 6 && tag === 0x08 && size === 4;
  if (!is8 && !is16) throw new Breach(0x43, 'a header of another form');
  const reference = is8 ? octets.readUInt8(3) : octets.readUInt16BE(3);
  const [total = 0, sequence = 0] = octets.subarray(is8 ? 4 : 5);
  return { length: is8 ? 6 : 7, place: checkPlace({ reference, total, sequence }) };
}

function sarPlace(tlvs: Content['tlvs']) {
  const [reference, total, sequence] = [0x020c, 0x020e, 0x020f].map((tag) => tlvs.get(tag));
  if (reference === undefined && total === undefined && sequence === undefined) return null;
  if (!reference || !total || !sequence) throw new Breach(0xc3, 'sar parameters stand together');
  return checkPlace({
    reference: reference.readUInt16BE(),
    total: total.readUInt8(),
    sequence: sequence.readUInt8(),
  });
}

function checkPlace<Place extends { total: number; sequence: number }>(place: Place): Place {
  if (place.total < 2 || place.sequence < 1 || place.sequence > place.total)
    throw new Breach(0xc4, 'an impossible place');
  return place;
}

function decode(octets: Buffer, dataCoding: number): string {
  if (dataCoding === 0) {
    if (octets.some((octet) => octet > 0x7f)) throw new Breach(0x104, 'not GSM-7');
    return decodeGsm(octets);
  }
  if (dataCoding !== 8 || octets.length % 2 === 1) throw new Breach(0x104, 'data_coding');
  return Buffer.from(octets).swap16().toString('utf16le');
}
