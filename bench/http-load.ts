import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What a round of load came to. Times in milliseconds. */
export type Load = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
};

/**
 * Sends requests over so many connections, one at a time on each, for `ms`. Answers are told by their length alone, so that the
 * caller costs little beside the server.
 * @param next the bytes of another request, or null where there are no more
 */
export async function loadServer(
  port: number,
  connections: number,
  { ms, next }: { readonly ms: number; readonly next: () => Buffer | null },
): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  const until = started + ms;
  await Promise.all(
    sockets.map(async (socket) => {
      for (let bytes = next(); bytes !== null && performance.now() < until; bytes = next()) {
        const sent = performance.now();
        const ok = await ask(socket, bytes);
        times.push(performance.now() - sent);
        if (!ok) failed += 1;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  for (const socket of sockets) socket.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failed };
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket.setNoDelay(true);
}

/** Sends a request and waits for its answer, which has no body. Resolves with whether it was a success. */
function ask(socket: Socket, request: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const take = (chunk: Buffer): void => {
      answer += chunk.toString('latin1');
      if (answer.endsWith('\r\n\r\n')) settle(() => resolve(answer.startsWith('HTTP/1.1 2')));
    };
    const fail = (): void => settle(() => reject(new Error(`connection lost after ${answer}`)));
    const settle = (deed: () => void): void => {
      socket.off('data', take).off('close', fail);
      deed();
    };
    socket.on('data', take).on('close', fail);
    socket.write(request);
  });
}
