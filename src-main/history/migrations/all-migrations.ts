import { firstTables } from './0010-first-tables.ts';
import { carriers } from './0020-carriers.ts';
import { teamTables } from './0030-team.ts';
import { gapsAndChecks } from './0040-gaps-and-checks.ts';
import { attachmentTable } from './0050-attachments.ts';
import { consentLedger } from './0060-consent.ts';
import { gate } from './0070-gate.ts';
import { throughput } from './0080-throughput.ts';
import { later } from './0090-later.ts';
import { costs } from './0100-costs.ts';
import type { Migration } from './migration.ts';

/** Every migration, oldest first. */
export const allMigrations: readonly Migration[] = [
  firstTables,
  carriers,
  teamTables,
  gapsAndChecks,
  attachmentTable,
  consentLedger,
  gate,
  throughput,
  later,
  costs,
];
