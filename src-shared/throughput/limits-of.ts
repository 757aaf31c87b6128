import type { Line, NumberType } from '../message/line.ts';
import type { Brand, Campaign } from './registration.ts';
import type { Rate, ThroughputTables } from './throughput-tables.ts';
import { attClassOf } from './tiers.ts';

/** What counts a text: over what, how, and how much it lets through. */
export type Limit = {
  readonly of: 'connection' | 'line' | 'campaign';
  readonly id: string | Line['id'];
  readonly isMms: boolean;
  /** Each text as one, or by its segments. */
  readonly count: 'texts' | 'units';
  readonly rate: Rate;
  /** Whose limit it is, such as `AT&T`. */
  readonly whose: string;
};

/** What of a line and its text decides which limits there are. */
export type LimitFacts = {
  readonly connection: {
    readonly id: string;
    readonly label: string;
    readonly provider: string;
    /** What its owner set; null takes what is usual with the carrier. */
    readonly set: ConnectionThroughput | null;
  };
  readonly line: { readonly id: Line['id']; readonly numberType: NumberType };
  readonly campaign: Campaign | null;
  readonly brand: Brand | null;
  readonly isMms: boolean;
  /** Does it go to a number of the country code 1, where the carriers' limits for registered traffic count? */
  readonly isDomestic: boolean;
};

export type ConnectionThroughput = { readonly sms: Rate; readonly mms: Rate | null };

/** Every limit that counts a text besides the day of its brand at T-Mobile. */
export function limitsOf(facts: LimitFacts, tables: ThroughputTables): Limit[] {
  const found = [ofConnection(facts, tables), ofNumber(facts, tables), ofCampaign(facts, tables)];
  return found.filter((limit) => limit !== null);
}

/** What a connection takes; null where it has no limit. */
export function connectionThroughput(
  { provider, set }: LimitFacts['connection'],
  tables: ThroughputTables,
): ConnectionThroughput | null {
  if (set !== null) return set;
  const known = Object.hasOwn(tables.byProvider, provider)
    ? tables.byProvider[provider]
    : undefined;
  return known === undefined ? tables.usualConnection : known;
}

function ofConnection({ connection, isMms }: LimitFacts, tables: ThroughputTables): Limit | null {
  const rates = connectionThroughput(connection, tables);
  const rate = (isMms ? rates?.mms : rates?.sms) ?? null;
  if (rate === null) return null;
  return {
    of: 'connection',
    id: connection.id,
    isMms,
    count: 'texts',
    rate,
    whose: connection.label,
  };
}

function ofNumber({ connection, line, isMms }: LimitFacts, tables: ThroughputTables): Limit | null {
  const isFree = connectionThroughput(connection, tables) === null;
  const rates = isFree ? null : tables.byNumberType[line.numberType];
  const rate = (isMms ? rates?.mms : rates?.sms) ?? null;
  if (rate === null) return null;
  return { of: 'line', id: line.id, isMms, count: 'texts', rate, whose: wordsOf[line.numberType] };
}

const wordsOf: Readonly<Record<NumberType, string>> = {
  '10dlc': 'Verizon',
  'toll-free': 'The toll-free network',
  'short-code': 'The carriers of short codes',
  other: 'The carrier',
};

function ofCampaign(
  { line, campaign, brand, isMms, isDomestic }: LimitFacts,
  tables: ThroughputTables,
): Limit | null {
  if (campaign === null || brand === null || !isDomestic || line.numberType !== '10dlc')
    return null;
  const row = tables.attClasses[attClassOf(campaign, brand, tables)];
  const limit = (isMms ? row?.mms : row?.sms) ?? null;
  if (row === undefined || limit === null) return null;
  const scope =
    row.per === 'number'
      ? ({ of: 'line', id: line.id } as const)
      : ({ of: 'campaign', id: campaign.id } as const);
  return { ...scope, isMms, count: 'units', rate: { limit, within: 60_000 }, whose: 'AT&T' };
}
