import type { StreamInfo } from '@nats-io/jetstream';

/** Share of its limit at which a log gives notice, so that there is time to make room. */
const noticeAt = 0.8;

/** Whether a stream can take deliveries, and in one sentence what there is to do. */
export function describeCondition(info: StreamInfo): {
  readonly ok: boolean;
  readonly problem: string | null;
} {
  const { cluster, config, state } = info;
  const away = cluster?.replicas?.filter(({ offline }) => offline).map(({ name }) => name) ?? [];
  if (cluster !== undefined && cluster.leader === undefined)
    return { ok: false, problem: 'The servers that hold the log have no leader.' };
  if (away.length * 2 > config.num_replicas)
    return { ok: false, problem: `Too few servers hold the log: ${away.join(', ')} are away.` };
  if (away.length > 0)
    return {
      ok: true,
      problem: `The log has a copy less than it should: ${away.join(', ')} is away.`,
    };
  const used = config.max_bytes > 0 ? state.bytes / config.max_bytes : 0;
  if (used < noticeAt) return { ok: true, problem: null };
  const percent = Math.floor(used * 100);
  return { ok: true, problem: `The log has used ${percent} % of the room it may take on NATS.` };
}
