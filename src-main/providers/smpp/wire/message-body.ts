import { OctetReader } from './octet-reader.ts';
import { OctetWriter } from './octet-writer.ts';
import { type Tlvs, readTlvs, tags, writeTlvs } from './tlvs.ts';

/** A number as the protocol writes it: its type, its numbering plan, its characters. */
export type Address = { readonly ton: number; readonly npi: number; readonly characters: string };

/** What submit_sm, deliver_sm and data_sm say, as far as texts need it. */
export type MessageBody = {
  readonly source: Address;
  readonly destination: Address;
  readonly esmClass: number;
  readonly registeredDelivery: number;
  readonly dataCoding: number;
  readonly shortMessage: Uint8Array;
  readonly tlvs: Tlvs;
};

/** Carriers overstep the standard's 20 characters; what is longer than this is none. */
const longestAddress = 64;
const longestTime = 16;
const longestId = 64;

/** A header of text, by its bit in esm_class. */
export const headerFlag = 0x40;

/** The body of submit_sm, sent at once and without a limit of its own on how long it is valid. */
export function encodeSubmit(message: MessageBody): Uint8Array {
  const writer = new OctetWriter().text('');
  writeAddress(writer, message.source);
  writeAddress(writer, message.destination);
  writer.octet(message.esmClass).octet(0).octet(0).text('').text('');
  writer.octet(message.registeredDelivery).octet(0).octet(message.dataCoding).octet(0);
  writer.octet(message.shortMessage.length).octets(message.shortMessage);
  writeTlvs(writer, message.tlvs);
  return writer.done();
}

function writeAddress(writer: OctetWriter, { ton, npi, characters }: Address): void {
  writer.octet(ton).octet(npi).text(characters);
}

/** The body of deliver_sm, which has the fields of submit_sm. @throws MalformedPdu */
export function decodeDeliver(body: Uint8Array): MessageBody {
  const reader = new OctetReader(body);
  const { source, destination, esmClass } = readRoute(reader);
  reader.octets('protocol_id and priority_flag', 2);
  reader.text('schedule_delivery_time', longestTime);
  reader.text('validity_period', longestTime);
  const registeredDelivery = reader.octet('registered_delivery');
  reader.octet('replace_if_present_flag');
  const dataCoding = reader.octet('data_coding');
  reader.octet('sm_default_msg_id');
  const shortMessage = reader.octets('short_message', reader.octet('sm_length'));
  const tlvs = readTlvs(reader);
  return { source, destination, esmClass, registeredDelivery, dataCoding, shortMessage, tlvs };
}

/** The body of data_sm, whose text is an optional parameter. @throws MalformedPdu */
export function decodeData(body: Uint8Array): MessageBody {
  const reader = new OctetReader(body);
  const { source, destination, esmClass } = readRoute(reader);
  const registeredDelivery = reader.octet('registered_delivery');
  const dataCoding = reader.octet('data_coding');
  const tlvs = readTlvs(reader);
  const shortMessage = new Uint8Array();
  return { source, destination, esmClass, registeredDelivery, dataCoding, shortMessage, tlvs };
}

function readRoute(reader: OctetReader): Pick<MessageBody, 'source' | 'destination' | 'esmClass'> {
  reader.text('service_type', longestAddress);
  const source = readAddress(reader, 'source_addr');
  const destination = readAddress(reader, 'destination_addr');
  return { source, destination, esmClass: reader.octet('esm_class') };
}

function readAddress(reader: OctetReader, field: string): Address {
  const ton = reader.octet(`${field}_ton`);
  const npi = reader.octet(`${field}_npi`);
  return { ton, npi, characters: reader.text(field, longestAddress) };
}

/** The octets of the text, header included, wherever the carrier put them. */
export function contentOf({ shortMessage, tlvs }: MessageBody): Uint8Array {
  return shortMessage.length > 0 ? shortMessage : (tlvs.get(tags.messagePayload) ?? shortMessage);
}

/** The carrier's id in the body of submit_sm_resp. @throws MalformedPdu */
export function decodeMessageId(body: Uint8Array): string {
  return new OctetReader(body).text('message_id', longestId);
}
