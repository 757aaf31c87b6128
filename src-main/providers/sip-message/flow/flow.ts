/** What a flow tells. */
export type FlowEvents = {
  /** One whole message, not yet understood. */
  onMessage(bytes: Uint8Array): void;
  /** A sign that the other side is there, other than a message. */
  onPong(): void;
  /** Once, when nothing can come or go any more, unless {@link Flow.close} was called. */
  onLost(sentence: string): void;
};

/** An open way to a server. */
export type Flow = {
  /** As Via writes it. */
  readonly transport: 'UDP' | 'TCP' | 'TLS' | 'WS' | 'WSS';
  /** Bytes that were sent arrive, or the flow is lost. */
  readonly reliable: boolean;
  /** Our end, as host:port for Via and Contact. */
  readonly local: string;
  /** False where the flow is closed, so that nothing left. */
  send(bytes: Uint8Array): boolean;
  /** Sends a sign of life (RFC 5626 3.5). */
  ping(): void;
  close(): void;
};

/** No flow could be opened, so nothing of a request left. The sentence is free of secrets. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/** An error of the system in a word, such as ECONNREFUSED; its message could quote what was sent. */
export function wordFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'a fault without a name';
}

/** A host and a port as they stand in Via and Contact: an IPv6 address in brackets. */
export function hostPort(host: string, port: number): string {
  const bare = host.replace(/^::ffff:/, '');
  return bare.includes(':') ? `[${bare}]:${port}` : `${bare}:${port}`;
}
