import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { openWorkspace } from '#main/core/open-workspace.ts';
import { joinByCode } from '#main/core/team/join-team.ts';
import { leave } from '#main/core/team/leave-team.ts';
import { findTeam } from '#main/history/team.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { teamCommands } from '#shared/contract/team-commands.ts';

import { dataFolderIn, readWords, textIn, type Words } from './read-words.ts';
import { WrongUse } from './wrong-use.ts';

const joinUse = 'join --data DIR --relay URL --code CODE --name NAME';

/** `join --data DIR --relay URL --code CODE --name NAME`: pairs the desktop on DIR with a relay; it connects when started. */
export async function join(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, {
    data: { type: 'string' },
    relay: { type: 'string' },
    code: { type: 'string' },
    name: { type: 'string' },
  });
  const input = readJoining(words);
  const dataFolder = dataFolderIn(words);
  const workspace = openWorkspace(dataFolder);
  try {
    const { db } = workspace;
    const secrets = createKeyFileStore(dataFolder);
    await joinByCode({ db, secrets, clock: systemClock }, input);
    const joined = findTeam(db);
    const told = { desktop: joined?.desktop, workspace: joined?.workspace, name: joined?.name };
    process.stdout.write(`${JSON.stringify(told)}\n`);
    return 0;
  } finally {
    workspace.close();
  }
}

function readJoining(words: Words) {
  if (words.positionals.length > 0)
    throw new WrongUse(`join takes no words but its flags: ${joinUse}.`);
  const read = teamCommands['team.join'].input.safeParse({
    address: textIn(words, 'relay') ?? '',
    code: textIn(words, 'code') ?? '',
    name: textIn(words, 'name') ?? '',
  });
  if (read.success) return read.data;
  const field = String(read.error.issues[0]?.path[0]);
  const flag = field === 'address' ? 'relay' : field;
  throw new WrongUse(`--${flag} is missing or too long: ${joinUse}.`);
}

/** `leave --data DIR`: the desktop on DIR is in no team any more; what it has of conversations stays. */
export async function leaveTeam(argv: readonly string[]): Promise<number> {
  const words = readWords(argv, { data: { type: 'string' } });
  if (words.positionals.length > 0)
    throw new WrongUse('leave takes no words but its flags: leave --data DIR.');
  const dataFolder = dataFolderIn(words);
  const workspace = openWorkspace(dataFolder);
  try {
    const secrets = createKeyFileStore(dataFolder);
    const left = await leave({ db: workspace.db, secrets, now: systemClock.now() });
    process.stdout.write(`${JSON.stringify({ removedConnections: left })}\n`);
    return 0;
  } finally {
    workspace.close();
  }
}
