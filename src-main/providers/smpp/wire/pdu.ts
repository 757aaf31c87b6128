import { MalformedPdu } from './malformed-pdu.ts';

/** One protocol data unit. `body` is everything behind the header. */
export type Pdu = {
  readonly commandId: number;
  readonly status: number;
  /** 1 to 0x7FFFFFFF; an answer has that of its question. */
  readonly sequence: number;
  readonly body: Uint8Array;
};

export const headerOctets = 16;

/** The longest unit sent or read, in octets. */
export const longestPdu = 65_536;

export const noBody = new Uint8Array();

export function encodePdu({ commandId, status, sequence, body }: Pdu): Uint8Array {
  const octets = new Uint8Array(headerOctets + body.length);
  const view = new DataView(octets.buffer);
  view.setUint32(0, octets.length);
  view.setUint32(4, commandId);
  view.setUint32(8, status);
  view.setUint32(12, sequence);
  octets.set(body, headerOctets);
  return octets;
}

/** The unit that these octets are, no more and no fewer. @throws MalformedPdu */
export function decodePdu(octets: Uint8Array): Pdu {
  if (octets.length < headerOctets) throw new MalformedPdu('the header is cut short');
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  if (view.getUint32(0) !== octets.length) throw new MalformedPdu('command_length is wrong');
  return {
    commandId: view.getUint32(4),
    status: view.getUint32(8),
    sequence: view.getUint32(12),
    body: new Uint8Array(octets.subarray(headerOctets)),
  };
}
