import type { LogHealth } from './delivery-log.ts';
import type { RefusalReason } from './refusal.ts';

/** What the relay has done since it started. */
export type RelayStats = {
  /** Deliveries acknowledged, repeated ones among them. */
  readonly received: number;
  readonly duplicates: number;
  readonly commitErrors: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
};

/** Upper bounds of the commit latency's histogram, in seconds. */
const latencyBounds: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
];

/** Counts what the relay does. */
export class RelayMetrics {
  #received = 0;
  #duplicates = 0;
  #commitErrors = 0;
  #latencySum = 0;
  readonly #latencies = latencyBounds.map(() => 0);
  readonly #refused = new Map<RefusalReason, number>();

  countCommit(milliseconds: number, duplicate: boolean): void {
    const seconds = milliseconds / 1_000;
    const bucket = latencyBounds.findIndex((bound) => seconds <= bound);
    this.#received += 1;
    this.#latencySum += seconds;
    if (duplicate) this.#duplicates += 1;
    if (bucket >= 0) this.#latencies[bucket] = (this.#latencies[bucket] ?? 0) + 1;
  }

  countCommitError(): void {
    this.#commitErrors += 1;
  }

  countRefusal(reason: RefusalReason): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
  }

  stats(): RelayStats {
    return {
      received: this.#received,
      duplicates: this.#duplicates,
      commitErrors: this.#commitErrors,
      refused: Object.fromEntries(this.#refused),
    };
  }

  /** All counts in the text format of Prometheus. */
  render(log: LogHealth, uptimeSeconds: number): string {
    return [
      ...metric('received_total', 'counter', [['', this.#received]]),
      ...metric('duplicates_total', 'counter', [['', this.#duplicates]]),
      ...metric('commit_errors_total', 'counter', [['', this.#commitErrors]]),
      ...metric('refused_total', 'counter', this.#refusedSamples()),
      ...metric('commit_seconds', 'histogram', this.#latencySamples()),
      ...metric('log_ok', 'gauge', [['', log.ok ? 1 : 0]]),
      ...metric('log_bytes', 'gauge', [['', log.bytes]]),
      ...metric('log_last_seq', 'gauge', [['', log.lastSeq]]),
      ...metric('uptime_seconds', 'gauge', [['', Math.round(uptimeSeconds)]]),
      '',
    ].join('\n');
  }

  #refusedSamples(): Sample[] {
    return [...this.#refused].map(([reason, count]) => [`{reason="${reason}"}`, count]);
  }

  #latencySamples(): Sample[] {
    let below = 0;
    const buckets = latencyBounds.map((bound, index): Sample => {
      below += this.#latencies[index] ?? 0;
      return [`_bucket{le="${bound}"}`, below];
    });
    return [
      ...buckets,
      ['_bucket{le="+Inf"}', this.#received],
      ['_sum', this.#latencySum],
      ['_count', this.#received],
    ];
  }
}

/** One sample: what follows the metric's name, labels included, and its value. */
export type Sample = readonly [suffix: string, value: number];

/** A metric in the text format of Prometheus, line by line. */
export function metric(name: string, type: string, samples: readonly Sample[]): string[] {
  const full = `trunkline_relay_${name}`;
  return [
    `# TYPE ${full} ${type}`,
    ...samples.map(([suffix, value]) => `${full}${suffix} ${value}`),
  ];
}
