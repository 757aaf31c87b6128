import { describeMedia } from '#main/media/describe-media.ts';
import { isPictureType } from '#main/media/read-dimensions.ts';
import { LogFailure } from '#main/relay/delivery-log.ts';
import type { MediaDoors } from '#main/relay/media-links/answer-media.ts';
import { FileTaker } from '#main/relay/media-links/take-file.ts';
import type { Certificate } from '#main/relay/relay-server.ts';
import { serveWorkspaces } from '#main/relay/serve-workspaces.ts';

import { StartFailure } from '../core.ts';
import { explainStart } from '../explain-start.ts';
import {
  type OpeningParts,
  openRelayWorkspace,
  type RelayWorkspace,
} from './open-relay-workspace.ts';
import { findWorkspaceFolders } from './workspace-folders.ts';

export type TeamRelayOptions = OpeningParts & {
  /** Absolute; made if missing. The first workspace, with the others in it. */
  readonly dataFolder: string;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Where carriers reach the relay, without a path; null for the address it listens on. */
  readonly publicUrl: string | null;
  readonly certificate: Certificate | null;
  readonly behindProxy: boolean;
};

export type TeamRelay = {
  /** `http://HOST:PORT` or `https://HOST:PORT` as bound. */
  readonly url: string;
  /** Says goodbye to desktops, takes no more calls, lets what is under way end, closes every file. */
  stop(): Promise<void>;
};

type Undo = (() => void | Promise<void>)[];

/**
 * Starts the relay of a team by itself: intake, stream and standing sessions of all its workspaces. It sends nothing and
 * compares nothing with carriers' lists; that is the desktops' work.
 * @throws {StartFailure}
 */
export async function startTeamRelay(options: TeamRelayOptions): Promise<TeamRelay> {
  const undo: Undo = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    return { url: await assemble(options, undo), stop: undoAll };
  } catch (error) {
    await undoAll();
    if (error instanceof LogFailure) throw new StartFailure(error.message);
    throw explainStart(error, options.dataFolder);
  }
}

async function assemble(options: TeamRelayOptions, undo: Undo): Promise<string> {
  const { dataFolder, publicUrl, ...serving } = options;
  const workspaces: RelayWorkspace[] = [];
  for (const each of findWorkspaceFolders(dataFolder))
    workspaces.push(await openRelayWorkspace(each, options, undo));
  assertApart(workspaces);
  const served = workspaces.map((each) => each.served);
  const address = publicUrl === null ? {} : { publicUrl };
  const { url, stop } = await serveWorkspaces({
    ...serving,
    ...address,
    workspaces: served,
    media: mediaDoors(options, workspaces),
  });
  undo.push(stop);
  undo.push(...workspaces.map((each) => each.stop));
  await Promise.all(workspaces.map((each) => each.begin(url, publicUrl ?? url)));
  return url;
}

/** Files are taken from desktops of all workspaces and handed out for all, each under its own links. */
function mediaDoors(
  { clock }: TeamRelayOptions,
  workspaces: readonly RelayWorkspace[],
): MediaDoors {
  const taker = new FileTaker({ clock, workspaces: workspaces.map(({ files }) => files), typeOf });
  return {
    links: () => workspaces.map(({ files }) => files.links),
    takeFile: (request) => taker.take(request),
  };
}

function typeOf(bytes: Uint8Array): string | null {
  const described = describeMedia(bytes, []);
  return described.kind === 'fit' && isPictureType(described.type) ? described.type : null;
}

/** A carrier's call names the connection alone, so one that is in two workspaces would belong to both. */
function assertApart(workspaces: readonly RelayWorkspace[]): void {
  const owners = new Map<string, string>();
  for (const { name, connectionIds } of workspaces)
    for (const id of connectionIds) {
      const other = owners.get(id);
      if (other !== undefined)
        throw new StartFailure(
          `The connection ${id} is in the workspaces ${other} and ${name}: a call of its carrier could belong to either. Connect it anew in one of them, or start without one of the two folders.`,
        );
      owners.set(id, name);
    }
}
