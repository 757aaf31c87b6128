import { LogFailure, type LogFailureReason } from './delivery-log.ts';

const sentences: Readonly<
  Record<Exclude<LogFailureReason, 'newer' | 'closed' | 'unreachable'>, string>
> = {
  full: 'The disk is full: the log of deliveries cannot grow.',
  io: 'The disk failed under the log of deliveries.',
  'read-only':
    'The log of deliveries may not be written: its file or folder is read-only or missing.',
  busy: 'Another program holds the log of deliveries.',
  corrupt: 'The log of deliveries is damaged.',
  other: 'The log of deliveries cannot be used.',
};

/** Says in our own words what SQLite threw. */
export function describeStorageError(error: unknown): LogFailure {
  const code = codeOf(error);
  const reason = reasonOf(code);
  return new LogFailure(reason, `${sentences[reason]} (${code ?? 'no code'})`, { cause: error });
}

function reasonOf(code: string | null): keyof typeof sentences {
  if (code === null) return 'other';
  if (code === 'SQLITE_FULL') return 'full';
  if (code.startsWith('SQLITE_IOERR')) return 'io';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return 'read-only';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'corrupt';
  return 'other';
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
