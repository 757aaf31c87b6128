const plainNumber = new Intl.NumberFormat();

/** "4,118". */
export function inDigits(count: number): string {
  return plainNumber.format(count);
}

/** "1 segment", "2 segments". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${inDigits(count)} ${count === 1 ? one : many}`;
}

/** "412 kB", "1.3 MB". */
export function dataSize(octets: number): string {
  if (octets < 1000) return `${octets} B`;
  if (octets < 1_000_000) return `${Math.round(octets / 1000)} kB`;
  return `${(octets / 1_000_000).toFixed(1)} MB`;
}
