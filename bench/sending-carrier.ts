/** A carrier on loopback that takes every text and remembers when it came: a process of its own, so that nothing of ours delays it. */
import { createServer } from 'node:http';

let came: number[] = [];
const server = createServer((request, response) => {
  const at = performance.now();
  if (request.method === 'GET') {
    response.end(JSON.stringify(came));
    came = [];
    return;
  }
  came.push(at);
  request.resume().on('end', () => response.end('{}'));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.(address.port);
});
process.on('disconnect', () => process.exit());
