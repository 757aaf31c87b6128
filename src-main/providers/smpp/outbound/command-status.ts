import type { FailureKind } from '#shared/provider/send-failure.ts';

/**
 * What a refusal asks of the sender. `no`: never again. `later`: nothing was taken, after a pause the same may be. `slower`:
 * the same, and fewer of them. `rebind`: over a new bind. `once`: once more, now. `plain`: once more, without what is
 * optional. `ucs2`: once more, in UCS-2.
 */
export type Answering = 'no' | 'later' | 'slower' | 'rebind' | 'once' | 'plain' | 'ucs2';

export type StatusMeaning = {
  readonly name: string;
  readonly kind: FailureKind;
  readonly answering: Answering;
};

type Row = readonly [status: number, name: string, kind: FailureKind, answering: Answering];

/** Every command_status that says something of a text or a bind (SMPP 3.4 §5.1.3, and names of 5.0 that 3.4 servers use). */
const rows: readonly Row[] = [
  [0x01, 'RINVMSGLEN', 'too-long', 'no'],
  [0x02, 'RINVCMDLEN', 'unmapped', 'no'],
  [0x03, 'RINVCMDID', 'unmapped', 'no'],
  [0x04, 'RINVBNDSTS', 'carrier-trouble', 'rebind'],
  [0x05, 'RALYBND', 'not-allowed', 'rebind'],
  [0x06, 'RINVPRTFLG', 'unmapped', 'no'],
  [0x07, 'RINVREGDLVFLG', 'unmapped', 'no'],
  [0x08, 'RSYSERR', 'carrier-trouble', 'later'],
  [0x0a, 'RINVSRCADR', 'not-allowed', 'no'],
  [0x0b, 'RINVDSTADR', 'invalid-number', 'no'],
  [0x0c, 'RINVMSGID', 'unmapped', 'no'],
  [0x0d, 'RBINDFAIL', 'credentials', 'no'],
  [0x0e, 'RINVPASWD', 'credentials', 'no'],
  [0x0f, 'RINVSYSID', 'credentials', 'no'],
  [0x14, 'RMSGQFUL', 'carrier-trouble', 'later'],
  [0x15, 'RINVSERTYP', 'not-allowed', 'no'],
  [0x33, 'RINVNUMDESTS', 'unmapped', 'no'],
  [0x34, 'RINVDLNAME', 'unmapped', 'no'],
  [0x40, 'RINVDESTFLAG', 'unmapped', 'no'],
  [0x42, 'RINVSUBREP', 'unmapped', 'no'],
  [0x43, 'RINVESMCLASS', 'not-allowed', 'no'],
  [0x44, 'RCNTSUBDL', 'unmapped', 'no'],
  [0x45, 'RSUBMITFAIL', 'carrier-trouble', 'once'],
  [0x48, 'RINVSRCTON', 'not-allowed', 'no'],
  [0x49, 'RINVSRCNPI', 'not-allowed', 'no'],
  [0x50, 'RINVDSTTON', 'invalid-number', 'no'],
  [0x51, 'RINVDSTNPI', 'invalid-number', 'no'],
  [0x53, 'RINVSYSTYP', 'credentials', 'no'],
  [0x54, 'RINVREPFLAG', 'unmapped', 'no'],
  [0x55, 'RINVNUMMSGS', 'unmapped', 'no'],
  [0x58, 'RTHROTTLED', 'rate-limited', 'slower'],
  [0x61, 'RINVSCHED', 'unmapped', 'no'],
  [0x62, 'RINVEXPIRY', 'unmapped', 'no'],
  [0x63, 'RINVDFTMSGID', 'unmapped', 'no'],
  [0x64, 'RX_T_APPN', 'carrier-trouble', 'later'],
  [0x65, 'RX_P_APPN', 'unmapped', 'no'],
  [0x66, 'RX_R_APPN', 'unmapped', 'no'],
  [0xc0, 'RINVOPTPARSTREAM', 'unmapped', 'plain'],
  [0xc1, 'ROPTPARNOTALLWD', 'unmapped', 'plain'],
  [0xc2, 'RINVPARLEN', 'unmapped', 'plain'],
  [0xc3, 'RMISSINGOPTPARAM', 'unmapped', 'plain'],
  [0xc4, 'RINVOPTPARAMVAL', 'unmapped', 'plain'],
  [0xfe, 'RDELIVERYFAILURE', 'carrier-trouble', 'once'],
  [0xff, 'RUNKNOWNERR', 'carrier-trouble', 'once'],
  [0x100, 'RSERTYPUNAUTH', 'not-allowed', 'no'],
  [0x101, 'RPROHIBITED', 'not-allowed', 'no'],
  [0x102, 'RSERTYPUNAVAIL', 'carrier-trouble', 'later'],
  [0x103, 'RSERTYPDENIED', 'not-allowed', 'no'],
  [0x104, 'RINVDCS', 'content', 'ucs2'],
];

const meanings: ReadonlyMap<number, StatusMeaning> = new Map(
  rows.map(([status, name, kind, answering]) => [status, { name, kind, answering }]),
);

/** What a command_status other than 0 means; one that is not known, vendors' own among them, is for good and unmapped. */
export function meaningOf(status: number): StatusMeaning {
  return meanings.get(status) ?? { name: 'unknown', kind: 'unmapped', answering: 'no' };
}

/** A command_status in the carrier's terms: its number and its name. */
export function statusWords(status: number): string {
  return `0x${status.toString(16).toUpperCase().padStart(8, '0')}: ${meaningOf(status).name}`;
}
