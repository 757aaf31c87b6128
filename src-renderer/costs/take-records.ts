import type { HostCaller } from '#shared/contract/call-host.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import { type ReadRows, RecordReader, type RefusedRow } from '#shared/pricing/record-reader.ts';

/** What became of a record file, or would become of it. */
export type TakenFile = {
  readonly changed: number;
  readonly unchanged: number;
  readonly refusedCount: number;
  /** The first hundred. */
  readonly refused: readonly RefusedRow[];
};

type Taking = {
  readonly connectionId: ConnectionId;
  readonly file: Blob;
  readonly dryRun: boolean;
};

/** Rows handed over in one call. */
const atOnce = 500;
const mostRefusals = 100;

/** Reads a carrier's record file and hands its rows to the host, a piece at a time, so that a long one neither fills memory nor holds up others. */
export async function takeRecords(
  host: HostCaller,
  { connectionId, file, dryRun }: Taking,
): Promise<TakenFile> {
  let taken: TakenFile = { changed: 0, unchanged: 0, refusedCount: 0, refused: [] };
  const take = async ({ rows, refused }: ReadRows): Promise<void> => {
    taken = withMore(taken, { changed: 0, unchanged: 0, refused });
    for (let at = 0; at < rows.length; at += atOnce) {
      const asked = { connectionId, rows: rows.slice(at, at + atOnce), dryRun };
      taken = withMore(taken, await host.call('audit.take-rows', asked));
    }
  };
  const reader = new RecordReader();
  for await (const piece of textOf(file)) await take(reader.push(piece));
  await take(reader.end());
  return { ...taken, refused: taken.refused.toSorted((a, b) => a.row - b.row) };
}

const pieceOctets = 64 * 1_024;

async function* textOf(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for (let at = 0; at < file.size; at += pieceOctets) {
    const octets = await file.slice(at, at + pieceOctets).arrayBuffer();
    yield decoder.decode(octets, { stream: true });
  }
}

type More = Pick<TakenFile, 'changed' | 'unchanged' | 'refused'>;

const withMore = (taken: TakenFile, more: More): TakenFile => ({
  changed: taken.changed + more.changed,
  unchanged: taken.unchanged + more.unchanged,
  refusedCount: taken.refusedCount + more.refused.length,
  refused: [...taken.refused, ...more.refused].slice(0, mostRefusals),
});
