import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Milliseconds. */
const beatEveryMs = 1_000;
/** Milliseconds without a beat after which the holder is held to be gone. */
const deadAfterMs = 10_000;
const lookEveryMs = 100;

/**
 * Does a deed while no other process does it under the same lock. The holder touches the lock file as long as it lives, so that
 * one that was killed holds nobody up.
 * @param onWait told once, where somebody else has it now
 */
export async function withLock<Result>(
  file: string,
  deed: () => Promise<Result>,
  onWait: () => void,
): Promise<Result> {
  let waits = false;
  while (!take(file)) {
    if (isAbandoned(file)) putAside(file);
    else {
      if (!waits) onWait();
      waits = true;
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }
  const beat = setInterval(() => touch(file), beatEveryMs);
  try {
    return await deed();
  } finally {
    clearInterval(beat);
    rmSync(file, { force: true });
  }
}

const ownName = () => `${hostname()} ${process.pid}`;

function take(file: string): boolean {
  try {
    writeFileSync(file, ownName(), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isMissing(error, 'EEXIST')) return false;
    throw error;
  }
}

function isAbandoned(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    return age > deadAfterMs || isDead(readFileSync(file, 'utf8'));
  } catch (error) {
    if (isMissing(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Only of processes on this machine can that be known. */
function isDead(holder: string): boolean {
  const [host, pid] = holder.split(' ');
  if (host !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isMissing(error, 'ESRCH');
  }
}

/**
 * Of several who find it abandoned, one gets it away. Who is late may have got hold of a lock taken since: what it moved is
 * looked at again, and put back where it is alive.
 */
function putAside(file: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isMissing(error, 'ENOENT')) return;
    throw error;
  }
  if (isAbandoned(aside)) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody deleted it; the build goes on all the same.
  }
}

function isMissing(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
