import type { RemoteMedia } from '#shared/provider/delivery.ts';

/** Hosts the carrier is known to serve files from; it names none for the attachments of texts. */
const known = [
  'https://media.telnyx.com',
  'https://api.telnyx.com',
  'https://us-central-1.telnyxcloudstorage.com',
  'https://us-east-1.telnyxcloudstorage.com',
  'https://us-west-1.telnyxcloudstorage.com',
  'https://eu-central-1.telnyxcloudstorage.com',
  'https://s3.amazonaws.com',
];
/** The carrier changes hosts seldom, so that a few remembered ones are plenty. */
const mostRemembered = 32;

/** The origins from which the attachments of one connection may be fetched. */
export type MediaOrigins = {
  /** Notes where the carrier itself says that an attachment lies. */
  remember(media: readonly RemoteMedia[]): void;
  list(): readonly string[];
};

/**
 * Because the carrier documents no host, an origin it names in a signed event or an answer of its API is trusted as well, if
 * it is a name reached over HTTPS at the usual port: never a bare address, which could be one of this machine's network.
 */
export function openMediaOrigins(baseUrl: string): MediaOrigins {
  const fixed = [new URL(baseUrl).origin, ...known];
  const remembered = new Set<string>();
  return {
    remember(media) {
      for (const { url } of media) {
        const origin = trustedOrigin(url);
        if (origin === null || remembered.has(origin)) continue;
        const [oldest] = remembered;
        if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
        remembered.add(origin);
      }
    },
    list: () => [...new Set([...fixed, ...remembered])],
  };
}

function trustedOrigin(address: string): string | null {
  const { protocol, port, hostname, origin } = new URL(address);
  const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(hostname);
  return protocol === 'https:' && port === '' && isName ? origin : null;
}
