/* RFC 3261 7.3.3 and the registry of header fields; only forms of headers that are read here. */
const longNames: ReadonlyMap<string, string> = new Map([
  ['a', 'accept-contact'],
  ['b', 'referred-by'],
  ['c', 'content-type'],
  ['e', 'content-encoding'],
  ['f', 'from'],
  ['i', 'call-id'],
  ['k', 'supported'],
  ['l', 'content-length'],
  ['m', 'contact'],
  ['o', 'event'],
  ['s', 'subject'],
  ['t', 'to'],
  ['u', 'allow-events'],
  ['v', 'via'],
]);

/** The long name of a header in lower case, whichever way it was written. */
export function longNameOf(written: string): string {
  const name = written.toLowerCase();
  return longNames.get(name) ?? name;
}
