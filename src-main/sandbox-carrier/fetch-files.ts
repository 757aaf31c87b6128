import { download } from '#main/http/download.ts';

/** A file the customer gave an address of. `type` is null where the carrier could not get it, or could not use it. */
export type FetchedFile = {
  readonly url: string;
  readonly type: string | null;
  /** Octets. */
  readonly size: number;
};

/** Milliseconds for one file: the customer waits for the answer to the text meanwhile. */
const deadlineMs = 4_000;
/** Octets that the carrier takes with one file. */
const mostOctets = 1_000_000;

/** Fetches what goes along with a text, as a carrier does: a picture that comes whole, with a type and in time. */
export function fetchFiles(urls: readonly string[]): Promise<FetchedFile[]> {
  return Promise.all(urls.map(fetchOne));
}

async function fetchOne(url: string): Promise<FetchedFile> {
  const downloaded = await download({
    url,
    origins: [new URL(url).origin],
    headers: {},
    maxBytes: mostOctets,
    deadlineMs,
    signal: new AbortController().signal,
  });
  if (downloaded.kind !== 'answered') return { url, type: null, size: 0 };
  const { status, headers, body } = downloaded.reply;
  const type = headers['content-type'] ?? '';
  const isPicture = status === 200 && /^image\/[a-z]+$/.test(type) && body.byteLength > 0;
  return { url, type: isPicture ? type : null, size: body.byteLength };
}

/** Did all files come? */
export const allCame = (files: readonly FetchedFile[]): boolean =>
  files.every(({ type }) => type !== null);

/** "a picture (JPEG, 12 kB)" or "3 pictures". */
export function describeFiles(files: readonly FetchedFile[]): string {
  const [first] = files;
  if (first?.type == null || files.length > 1) return `${files.length} pictures`;
  const kind = first.type.slice('image/'.length).toUpperCase();
  return `a picture (${kind}, ${Math.max(1, Math.round(first.size / 1_000))} kB)`;
}
