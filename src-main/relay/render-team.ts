import { metric, type Sample } from './relay-metrics.ts';
import type { WorkspaceReport } from './report-health.ts';
import type { StreamCounts } from './stream/stream-counts.ts';

/** The metrics of workspaces and of the stream; without those of the stream where there is none. Names no desktop. */
export function renderTeam(
  reports: readonly WorkspaceReport[],
  counts: StreamCounts | null,
): string {
  const of = (value: (report: WorkspaceReport) => number): Sample[] =>
    reports.map((report) => [`{workspace="${report.name}"}`, value(report)]);
  const lines = [
    ...metric(
      'workspace_ok',
      'gauge',
      of(({ health }) => (health.ok ? 1 : 0)),
    ),
    ...metric(
      'workspace_last_seq',
      'gauge',
      of(({ health }) => health.lastSeq),
    ),
  ];
  if (counts !== null)
    lines.push(
      ...metric(
        'desktops_paired',
        'gauge',
        of(({ desktops }) => desktops?.paired ?? 0),
      ),
      ...metric(
        'desktops_connected',
        'gauge',
        of(({ desktops }) => desktops?.connected ?? 0),
      ),
      ...metric(
        'desktops_greatest_lag',
        'gauge',
        of(({ desktops }) => desktops?.greatestLag ?? 0),
      ),
      ...metric('stream_deliveries_total', 'counter', [['', counts.deliveries]]),
      ...metric('stream_appended_total', 'counter', [['', counts.appended]]),
      ...metric('stream_append_errors_total', 'counter', [['', counts.appendErrors]]),
      ...metric('stream_paired_total', 'counter', [['', counts.paired]]),
      ...metric('stream_ended_total', 'counter', [...counts.ends].map(endSample)),
    );
  return `${lines.join('\n')}\n`;
}

function endSample([why, count]: readonly [string, number]): Sample {
  return [`{reason="${why}"}`, count];
}
