/** Octets that are not what the protocol says. The message names the field, never its content. */
export class MalformedPdu extends Error {
  override readonly name = 'MalformedPdu';
}
