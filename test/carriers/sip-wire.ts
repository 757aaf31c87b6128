/** A SIP message as the local carrier reads it: names in lower case, bodies as bytes. */
export type WireMessage = {
  /** `MESSAGE sip:… SIP/2.0` or `SIP/2.0 200 OK`. */
  readonly start: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
};

/** Cuts and reads one message; null while it is not all there. Throws what is wrong. */
export function readWire(bytes: Buffer): { message: WireMessage; rest: Buffer } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [start = '', ...lines] = bytes.subarray(0, end).toString('utf8').split('\r\n');
  const headers = lines.map((line) => {
    const at = line.indexOf(': ');
    if (at < 1) throw new Error(`no header: ${line}`);
    return [line.slice(0, at).toLowerCase(), line.slice(at + 2)] as const;
  });
  const lengths = headers.filter(([name]) => name === 'content-length').map(([, value]) => value);
  if (lengths.length !== 1) throw new Error('Content-Length must stand there once');
  const length = Number(lengths[0]);
  const rest = bytes.subarray(end + 4);
  if (rest.length < length) return null;
  return {
    message: { start, headers, body: Buffer.from(rest.subarray(0, length)) },
    rest: rest.subarray(length),
  };
}

export function valueOf(message: WireMessage, name: string): string {
  return valuesOf(message, name)[0] ?? '';
}

export function valuesOf(message: WireMessage, name: string): string[] {
  return message.headers.filter(([each]) => each === name).map(([, value]) => value);
}

export type Outgoing = {
  readonly start: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array;
};

export function writeWire({ start, headers, body = '' }: Outgoing): Buffer {
  const bytes = Buffer.from(body);
  const lines = [start, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([
    Buffer.from(`${lines.join('\r\n')}\r\nContent-Length: ${bytes.length}\r\n\r\n`),
    bytes,
  ]);
}

/** An answer to a request, with the headers every answer copies. */
export function answerTo(
  request: WireMessage,
  status: string,
  more: readonly (readonly [string, string])[] = [],
): Buffer {
  const copied = request.headers.filter(([name]) =>
    ['via', 'from', 'call-id', 'cseq'].includes(name),
  );
  const headers = [...copied, ['to', `${valueOf(request, 'to')};tag=carrier`] as const, ...more];
  return writeWire({ start: `SIP/2.0 ${status}`, headers });
}
