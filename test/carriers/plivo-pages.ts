import { randomUUID } from 'node:crypto';

import type { ApiCall, ApiReply } from './loopback-api.ts';
import { PlivoComplaint } from './plivo-complaint.ts';

/** One page of rows with its `meta`, whose `next` is a path of its own. */
export function pageOf(
  rows: readonly unknown[],
  { query, path }: Pick<ApiCall, 'query' | 'path'>,
): ApiReply {
  const limit = Number(query.get('limit') ?? 20);
  const offset = Number(query.get('offset') ?? 0);
  if (!(limit >= 1 && limit <= 20)) throw new PlivoComplaint(400, 'limit must be 1 to 20');
  if (!(offset >= 0)) throw new PlivoComplaint(400, 'offset must not be negative');
  const more = new URLSearchParams(query);
  more.set('offset', String(offset + limit));
  const next = offset + limit < rows.length ? `${path}?${more.toString()}` : null;
  const meta = { limit, offset, next, previous: null };
  return {
    status: 200,
    body: { api_id: randomUUID(), meta, objects: rows.slice(offset, offset + limit) },
  };
}

/** A time as this carrier writes it, in a zone given in minutes ahead of UTC: `2024-08-21 18:28:49.244057+05:30`. */
export function writtenTime(at: Date, zone: number): string {
  const local = new Date(at.getTime() + zone * 60_000).toISOString();
  const [hours, minutes] = [Math.floor(Math.abs(zone) / 60), Math.abs(zone) % 60];
  const two = (count: number): string => String(count).padStart(2, '0');
  const offset = `${zone < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
  return `${local.slice(0, 10)} ${local.slice(11, 23)}000${offset}`;
}
