import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

import { StartFailure } from '#main/core/core.ts';
import { startTeamRelay, type TeamRelay } from '#main/core/relay/start-team-relay.ts';
import { thisMachine } from '#main/core/this-machine.ts';
import { log } from '#main/log/log.ts';
import { systemClock } from '#main/log/system-clock.ts';
import type { Certificate } from '#main/relay/relay-server.ts';

import { readRelayOptions, type RelayWishes } from './read-relay-options.ts';

/** Exit codes of the program. */
const done = 0;
const failed = 1;
const wrongUse = 2;

/**
 * Runs the relay as a program of its own, until it is told to stop.
 * @param argv the words after the program's name
 */
export async function runRelay(argv: readonly string[]): Promise<void> {
  const read = readRelayOptions(argv, thisMachine());
  switch (read.kind) {
    case 'help':
      process.stdout.write(read.text);
      return;
    case 'wrong':
      return leave(wrongUse, read.sentence);
    case 'options':
      return start(read.options).catch((error: unknown) => {
        if (!(error instanceof StartFailure)) throw error;
        leave(failed, error.message);
      });
  }
}

/** Ends at once, whatever is still open, but not before the sentence is out. */
function leave(code: number, sentence: string): void {
  process.stderr.write(`${sentence}\n`, () => process.exit(code));
}

async function start({ tls, ...wishes }: RelayWishes): Promise<void> {
  const certificate = tls === null ? null : readCertificate(tls);
  const relay = await startTeamRelay({ ...wishes, certificate, clock: systemClock });
  stopOnSignals(relay);
  process.stdout.write(`Relay is ready at ${relay.url}\n`);
}

function readCertificate({ certFile, keyFile }: NonNullable<RelayWishes['tls']>): Certificate {
  const certificate = {
    cert: readPem(certFile, '--tls-cert'),
    key: readPem(keyFile, '--tls-key'),
  };
  try {
    createSecureContext(certificate);
  } catch {
    throw new StartFailure(
      '--tls-cert and --tls-key are not a certificate and its key: give both as PEM, the key without a passphrase.',
    );
  }
  return certificate;
}

function readPem(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new StartFailure(
      `${flag} cannot be read: ${file} must be a file that the relay may read.`,
    );
  }
}

/** The first signal lets what is under way end; a second one does not wait. */
function stopOnSignals(relay: TeamRelay): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(failed);
    stopping = true;
    log('relay.stopping');
    await relay.stop();
    process.exit(done);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}
