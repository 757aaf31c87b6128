/** Where a desktop leaves a file for carriers to fetch. */
export const uploadPath = '/media';

/** What comes with a file besides its octets: each in a header of its own. */
export const uploadHeaders = {
  desktop: 'x-trunkline-desktop',
  connection: 'x-trunkline-connection',
  time: 'x-trunkline-time',
  nonce: 'x-trunkline-nonce',
  digest: 'x-trunkline-digest',
  signature: 'x-trunkline-signature',
} as const;

export const uploadLimits = {
  /** The most generous carrier takes this much with one text. */
  octets: 5_000_000,
  /** How far the desktop's clock may be from the relay's, either way, in milliseconds. */
  clockMs: 300_000,
} as const;

export type UploadParts = {
  /** The id of the relay. */
  readonly relay: string;
  readonly desktop: string;
  /** Over which the file is to go. */
  readonly connection: string;
  /** Milliseconds since 1970, in digits. */
  readonly time: string;
  /** 16 octets of chance, base64url, so that the same file may be left twice at one moment. */
  readonly nonce: string;
  /** SHA-256 of the file, base64url. */
  readonly digest: string;
};

/** What a desktop signs to leave a file: of no use for another file, connection, relay, desktop or time. */
export function uploadToSign(parts: UploadParts): string {
  const { relay, desktop, connection, time, nonce, digest } = parts;
  const head = ['trunkline media 1', `POST ${uploadPath}`];
  return [...head, relay, desktop, connection, time, nonce, digest].join('\n');
}
