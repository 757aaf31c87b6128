/** The relay could not start; `message` is a sentence for the person: what is wrong and what to do. */
export class RelayFailure extends Error {
  override readonly name = 'RelayFailure';
}

/** Says in a sentence why an address could not be listened on. */
export function describeListenError(error: unknown, host: string, port: number): RelayFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return new RelayFailure(sentence(code, host, port), { cause: error });
}

function sentence(code: unknown, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use: close the program that holds it, or choose another port for the relay (0 picks a free one).`;
    case 'EACCES':
      return `Port ${port} may not be opened by this user: choose one above 1023 for the relay.`;
    case 'ERR_SOCKET_BAD_PORT':
      return `Port ${port} does not exist: choose one from 0 to 65535 for the relay.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: choose 127.0.0.1 for the relay.`;
    default:
      return `The relay cannot listen on ${host}, port ${port} (${String(code)}).`;
  }
}
