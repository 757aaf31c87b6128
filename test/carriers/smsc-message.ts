import { encodeGsm } from '#shared/text/encode-gsm.ts';

import { cString, writeTlvs } from './smsc-units.ts';

/** A message on its way to the client. What is left out is empty. */
export type Message = {
  readonly from: string;
  readonly to: string;
  readonly fromTon?: number;
  readonly toTon?: number;
  readonly esmClass?: number;
  readonly dataCoding?: number;
  readonly text?: string;
  /** Instead of `text`. */
  readonly octets?: Uint8Array;
  readonly tlvs?: ReadonlyMap<number, Uint8Array>;
  /** Puts the text into message_payload. */
  readonly asPayload?: boolean;
};

/** The body of deliver_sm. */
export function writeDeliver(message: Message): Buffer {
  const octets = octetsOf(message);
  const short = message.asPayload === true ? Buffer.alloc(0) : octets;
  return Buffer.concat([
    writeRoute(message),
    Buffer.of(0, 0, 0, 0, 0, 0, message.dataCoding ?? 0, 0, short.length),
    short,
    writeTlvs(message.asPayload === true ? withPayload(message, octets) : (message.tlvs ?? none)),
  ]);
}

/** The body of data_sm. */
export function writeData(message: Message): Buffer {
  const tlvs = withPayload(message, octetsOf(message));
  return Buffer.concat([
    writeRoute(message),
    Buffer.of(0, message.dataCoding ?? 0),
    writeTlvs(tlvs),
  ]);
}

const none: ReadonlyMap<number, Uint8Array> = new Map();

const withPayload = ({ tlvs = none }: Message, octets: Uint8Array) =>
  new Map([...tlvs, [0x0424, octets]]);

function writeRoute({ from, to, fromTon = 1, toTon = 1, esmClass = 0 }: Message): Buffer {
  return Buffer.concat([
    cString(''),
    Buffer.of(fromTon, fromTon === 5 ? 0 : 1),
    cString(from),
    Buffer.of(toTon, 1),
    cString(to),
    Buffer.of(esmClass),
  ]);
}

function octetsOf({ octets, text = '', dataCoding = 0 }: Message): Buffer {
  return Buffer.from(octets ?? encode(text, dataCoding));
}

function encode(text: string, dataCoding: number): Uint8Array {
  if (dataCoding === 8) return Buffer.from(text, 'utf16le').swap16();
  return dataCoding === 3 ? Buffer.from(text, 'latin1') : encodeGsm(text);
}
