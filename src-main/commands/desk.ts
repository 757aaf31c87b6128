import type { InboundDesk } from '#main/inbound/inbound-desk.ts';
import type { Uploads } from '#main/media/uploads.ts';
import type { OutboundDesk } from '#main/outbound/outbound-desk.ts';
import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  Health,
} from '#shared/contract/contract.ts';
import type { Team } from '#shared/contract/team-commands.ts';

/** Commands of the contract that the core answers itself, because they open carriers and touch secrets. */
export type ConnectionCommand = Extract<
  CommandName,
  `connection.${string}` | `numbers.${string}` | `line.${string}` | `sync.${string}`
>;

/** What the core does with connections, by the command that asks for it. */
export type ConnectionsDesk = {
  readonly [Name in ConnectionCommand]: (
    input: CommandInput<Name>,
  ) => Promise<CommandOutput<Name>> | CommandOutput<Name>;
} & {
  list(): ConnectionView[];
  providers(): CommandOutput<'providers.list'>;
};

/** This desktop's place in a team. What is told of it comes by the event as well. */
export type TeamDesk = {
  view(): Team;
  join(input: CommandInput<'team.join'>): Promise<Team>;
  leave(): Promise<Team>;
};

/** What the commands work with; lent by the core. */
export type Desk = InboundDesk &
  OutboundDesk & {
    readonly mediaBase: string;
    readonly dataFolder: string;
    /** Files on their way from screens. */
    readonly uploads: Uploads;
    readonly connections: ConnectionsDesk;
    readonly team: TeamDesk;
    /** The same desk for texts that leave: connections that are switched off are not there. */
    readonly sending: OutboundDesk;
    health(): Health;
    /** Called after a text was put into the outbox. */
    wakeOutbox(): void;
    /** Called after a broadcast was started, paused, resumed or cancelled. */
    wakeBroadcasts(): void;
    /** Called after a check of a line was asked for or planned. */
    wakeChecks(): void;
  };
