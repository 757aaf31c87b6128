import { priceWords } from './price-words.ts';
import {
  type CampaignKind,
  type RegistrationFees,
  campaignKinds,
  firstBill,
} from './registration-fees.ts';

/** What registering costs, a name and an amount each. */
export type FeeLine = { readonly name: string; readonly amount: string };

const kindWords: Readonly<Record<CampaignKind, string>> = {
  'low-volume-mixed': 'low-volume mixed',
  'sole-proprietor': 'sole proprietor',
  charity: 'charity',
  emergency: 'emergency',
  standard: 'standard',
  'agents-and-franchises': 'agents and franchises',
};

/** The fees of registering for 10DLC, and what a first bill of a standard campaign comes to. */
export function registrationWords(fees: RegistrationFees): FeeLine[] {
  const once = (micros: number): string => priceWords([micros, micros], 'USD');
  const bill = (isVetted: boolean): string =>
    priceWords([...firstBill(fees, 'standard', isVetted)], 'USD');
  return [
    { name: 'Brand, each submission', amount: once(fees.brand) },
    { name: 'Vetting, where wanted', amount: once(fees.vetting) },
    {
      name: 'Campaign review, each submission',
      amount: priceWords([...fees.campaignReview], 'USD'),
    },
    ...campaignKinds.map((kind) => ({
      name: `Campaign, each month: ${kindWords[kind]}`,
      amount: once(fees.monthly[kind]),
    })),
    {
      name: `First bill, standard campaign with its first ${fees.committedMonths} months`,
      amount: `${bill(false)}; with vetting ${bill(true)}`,
    },
  ];
}
