import { OctetWriter } from './octet-writer.ts';

/** Whom the carrier is to take us for. */
export type Login = {
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
};

const version34 = 0x34;

/** The body of a bind of any kind. The address range is left to the carrier, which knows the account's numbers. */
export function encodeBind({ systemId, password, systemType }: Login): Uint8Array {
  return new OctetWriter()
    .text(systemId)
    .text(password)
    .text(systemType)
    .octet(version34)
    .octet(0)
    .octet(0)
    .text('')
    .done();
}
