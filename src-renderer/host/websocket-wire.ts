import { createWireEars } from '#shared/contract/wire-ears.ts';
import type { Wire } from '#shared/contract/wire.ts';

/** The address of the wire beside the page: the page's own host, `/wire`. */
export function wireAddress(page: { readonly protocol: string; readonly host: string }): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/wire`;
}

/** Opens a wire over a WebSocket. Rejects where it closes before it was open. */
export function openWebSocketWire(address: string): Promise<Wire> {
  const socket = new WebSocket(address);
  const ears = createWireEars();
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') ears.hearFrame(data);
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('close', ({ code }) => {
      reject(new Error(`The connection closed with ${code} before it was open.`));
      ears.hearClose();
    });
    socket.addEventListener('open', () => resolve(wireOver(socket, ears)));
  });
}

function wireOver(socket: WebSocket, ears: ReturnType<typeof createWireEars>): Wire {
  return {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    onFrame: ears.onFrame,
    onClose: ears.onClose,
    close() {
      socket.close();
      ears.hearClose();
    },
  };
}
