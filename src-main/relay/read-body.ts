import type { IncomingMessage } from 'node:http';

import { Refusal } from './refusal.ts';

/** Reads a whole body of at most `limit` bytes. Throws {@link Refusal}: 413 as soon as it is known to be longer. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) settle(() => reject(tooLarge()));
      else chunks.push(chunk);
    };
    const end = (): void => settle(() => resolve(joined(chunks)));
    const cutOff = (): void => settle(() => reject(new Refusal(400, 'cut-off')));
    const settle = (deed: () => void): void => {
      request.off('data', take).off('end', end).off('close', cutOff);
      deed();
    };
    // A request cut off also fails with an error, which 'close' follows.
    request
      .on('data', take)
      .on('end', end)
      .on('close', cutOff)
      .on('error', () => undefined);
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

function tooLarge(): Refusal {
  return new Refusal(413, 'too-large');
}
