import type { InboundDesk } from '#main/inbound/inbound-desk.ts';
import type { OutboundDesk } from '#main/outbound/outbound-desk.ts';
import type { Health } from '#shared/contract/contract.ts';

/** What the commands work with; lent by the core. */
export type Desk = InboundDesk &
  OutboundDesk & {
    readonly mediaBase: string;
    health(): Health;
    /** Called after a text was put into the outbox. */
    wakeOutbox(): void;
  };
