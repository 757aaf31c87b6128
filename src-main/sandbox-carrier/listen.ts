import type { Server } from 'node:http';

/** Listens on 127.0.0.1. @throws Error that names the port where it is taken */
export function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const cure = 'stop the program that has it, or choose another';
      reject(taken ? new Error(`port ${port} of 127.0.0.1 is taken: ${cure}`) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Where a listening server is found. */
export function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Takes no more connections and breaks off those there are, held replies included. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
