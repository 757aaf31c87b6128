import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type SippRun = {
  readonly program: string;
  /** Our own port for UDP. */
  readonly port: number;
  /** Where it sends to, host:port; null where it waits. */
  readonly to: string | null;
  readonly user: string;
  readonly password: string;
};

/** Runs one call of a scenario with SIPp over UDP on loopback. Resolves with its exit code (0: as the scenario says) and words. */
export async function runSipp(
  scenario: string,
  run: SippRun,
): Promise<{ code: number | null; said: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sipp-'));
  const file = path.join(folder, 'scenario.xml');
  writeFileSync(file, scenario);
  const args = [
    '-sf',
    file,
    '-m',
    '1',
    '-i',
    '127.0.0.1',
    '-p',
    String(run.port),
    '-nostdin',
    '-timeout',
    '15s',
    '-timeout_error',
  ];
  const login = ['-s', run.user, '-au', run.user, '-ap', run.password];
  const started = spawn(
    run.program,
    [
      ...(run.to === null ? [] : [run.to]),
      ...args,
      ...login,
      '-trace_logs',
      '-log_file',
      path.join(folder, 'log'),
    ],
    { cwd: folder },
  );
  let said = '';
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-20_000)));
  const code = await new Promise<number | null>((resolve) => started.once('exit', resolve));
  rmSync(folder, { recursive: true });
  return { code, said };
}
