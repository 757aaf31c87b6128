import { once } from 'node:events';
import { connect } from 'node:net';

export type RawAnswer = {
  readonly status: number;
  /** Names in lower case; several of one name are joined by newlines. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly text: string;
};

/** Sends octets exactly as given to a port of the loopback, and reads until the other end closes or `forMs` have passed. */
export async function exchangeRaw(
  port: number,
  request: string | Buffer,
  forMs = 2_000,
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(request);
  const timer = setTimeout(() => socket.destroy(), forMs);
  await once(socket, 'close');
  clearTimeout(timer);
  return Buffer.concat(parts).toString('latin1');
}

export type RawRequest = {
  readonly method?: string;
  readonly target?: string;
  /** In order, and as often as given. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
};

/** One request with exactly these headers and `Connection: close`. */
export async function requestRaw(port: number, request: RawRequest): Promise<RawAnswer> {
  const { method = 'GET', target = '/', headers = [], body = '' } = request;
  const lines = [...headers, ['Connection', 'close'] as const].map(
    ([name, value]) => `${name}: ${value}`,
  );
  const text = await exchangeRaw(
    port,
    `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
  );
  return readAnswer(text);
}

function readAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    const value = line.slice(at + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}\n${value}`;
  }
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n'), text };
}
