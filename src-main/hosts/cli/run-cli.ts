import { StartFailure } from '#main/core/core.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { audit } from './audit.ts';
import { connect } from './connect.ts';
import { consent } from './consent.ts';
import { listDesktops, pair, revoke } from './desktops.ts';
import { doctor } from './doctor.ts';
import { exportAll } from './export.ts';
import { join, leaveTeam } from './join.ts';
import { listConnections } from './list-connections.ts';
import { WrongUse } from './wrong-use.ts';

const deeds: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  connect,
  connections: listConnections,
  export: exportAll,
  consent,
  doctor,
  audit,
  pair,
  desktops: listDesktops,
  revoke,
  join,
  leave: leaveTeam,
};

const help = `Usage: npm run trunkline -- COMMAND [flags]

  connect PROVIDER --data DIR --from FILE.json [--public-url URL]
      Connects a carrier account. FILE.json holds label, credentials, numbers and, where the carrier's API is elsewhere,
      baseUrl; - reads it from standard input. Prints JSON: { connectionId, hooks: [{ purpose, url }] }.
  connections --data DIR --json
      Lists the connections, without secrets.
  export --data DIR --out FILE [--format jsonl|csv|html] [--order thread|time] [--since DATE] [--until DATE] [--line NUMBER]
      Writes texts, calls and voicemails into FILE, or to standard output where it is -. Without --format the ending of FILE
      decides, else it is jsonl: one JSON object a line. --order is by conversation unless it says time. A DATE is a day of
      UTC, wholly meant (2026-01-31), or a moment with its zone (2026-01-31T09:00:00Z). FILE is there whole, or not at all.
  consent NUMBER --data DIR [--as-of DATE] [--proof FILE]
      Prints where the consent of a number stands, or stood at the end of DATE, and every event on file. FILE gets the proof with
      its chain of hashes: a page where it ends in .html, else JSON. Ends with 1 where the chain does not hold.
  doctor --data DIR [--json]
      Looks whether the data folder is sound, without changing it, one line a check: ok, note, or FAILED and what to do.
  audit --data DIR [--from FILE.csv [--connection ID] [--columns id=NAME,segments=NAME,price=NAME] [--dry-run]] [--json]
      Lists texts for which the carrier billed more segments than they have by our count. FILE.csv is the carrier's record
      file (MDR), - standard input: what it says of segments and prices is taken first, and rows that fit nothing are told.
      Taken twice it changes nothing. Ends with 1 where there are differences, or rows that cannot be read.
  pair --data DIR [--json]
      Prints a code by which one desktop may join the team of the relay on DIR, once and within 15 minutes.
  desktops --data DIR [--json]
      Lists the desktops of the team, without their keys.
  revoke DESKTOP --data DIR [--json]
      Lets a desktop in no more. The relay on DIR ends its connection within a second or two.
  join --data DIR --relay URL --code CODE --name NAME
      Makes the desktop on DIR one of a relay's team, by a code of \`pair\`; it connects when Trunkline is started. Prints
      JSON: { desktop, workspace, name }.
  leave --data DIR
      Takes the desktop on DIR out of its team; its conversations stay. Prints JSON: { removedConnections }.

--data stands for TRUNKLINE_DATA where it is not given. Ends with 0 where it is done, 1 where it failed, 2 where it was
called wrongly. connect, connections, join, leave and audit --from need a data folder on which neither Trunkline nor a relay
is running; the others may run beside them.
`;

/** Runs one command and returns its exit code; what went wrong is one sentence on standard error. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--help' || name === '-h' || rest.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  try {
    const deed =
      name === undefined ? undefined : Object.hasOwn(deeds, name) ? deeds[name] : undefined;
    if (deed === undefined)
      throw new WrongUse(
        `There is no command ${name ?? '(none given)'}: see --help for those there are.`,
      );
    return await deed(rest);
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof WrongUse) return say(error.message, 2);
  if (error instanceof StartFailure) return say(error.message, 1);
  if (error instanceof CommandFailure) {
    const { code, message, field, cure } = error.failure;
    const sentence = `${field === null ? '' : `${field}: `}${message}${cure === null ? '' : ` ${cure}`}`;
    return say(sentence, code === 'bad-input' ? 2 : 1);
  }
  throw error;
}

function say(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}
