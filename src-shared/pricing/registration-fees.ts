/** What registering a brand and a campaign for 10DLC costs, in millionths of a US dollar, as data with its day. */
export type RegistrationFees = {
  /** ISO date. */
  readonly asOf: string;
  readonly brand: number;
  readonly vetting: number;
  readonly campaignReview: readonly [number, number];
  /** By the kind of campaign, each month. */
  readonly monthly: Readonly<Record<CampaignKind, number>>;
  /** Months that are committed to at the start. */
  readonly committedMonths: number;
};

export const campaignKinds = [
  'low-volume-mixed',
  'sole-proprietor',
  'charity',
  'emergency',
  'standard',
  'agents-and-franchises',
] as const;
export type CampaignKind = (typeof campaignKinds)[number];

/** The Campaign Registry’s fees since August 2025. */
export const registrationFees: RegistrationFees = {
  asOf: '2026-11-01',
  brand: 4_500_000,
  vetting: 41_000_000,
  campaignReview: [7_500_000, 15_000_000],
  monthly: {
    'low-volume-mixed': 1_500_000,
    'sole-proprietor': 2_000_000,
    charity: 3_000_000,
    emergency: 5_000_000,
    standard: 10_000_000,
    'agents-and-franchises': 30_000_000,
  },
  committedMonths: 3,
};

/** The first bill of a new brand with one campaign: registration, review and the months committed to. */
export function firstBill(
  fees: RegistrationFees,
  kind: CampaignKind,
  isVetted: boolean,
): readonly [number, number] {
  const base =
    fees.brand + fees.monthly[kind] * fees.committedMonths + (isVetted ? fees.vetting : 0);
  return [base + fees.campaignReview[0], base + fees.campaignReview[1]];
}
