/** A form body as names and values; undefined where it is not UTF-8. Repeated names are kept, in their order. */
export function readForm(body: Uint8Array): URLSearchParams | undefined {
  try {
    return new URLSearchParams(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body),
    );
  } catch {
    return undefined;
  }
}
