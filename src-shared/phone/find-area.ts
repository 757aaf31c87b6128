import { areaCodes } from './area-codes.ts';
import { isTollFree } from './toll-free.ts';

/** What a number's first digits say of where its owner may be. */
export type Area =
  | {
      readonly kind: 'area';
      readonly country: 'US' | 'CA';
      readonly states: readonly string[];
      /** IANA zones, several where the area code spans them. */
      readonly zones: readonly string[];
    }
  /** Of North America's numbering, but of no one place: toll-free, personal, or a code this version does not know. */
  | { readonly kind: 'anywhere' }
  /** Another country, though it may look domestic: +1 809 is the Dominican Republic. */
  | { readonly kind: 'abroad' };

const byCode = new Map(
  areaCodes.flatMap((area) => area.codes.split(' ').map((code) => [code, area] as const)),
);

/** Countries and territories that share +1 and are neither the United States nor Canada. */
const othersOfPlusOne: ReadonlySet<string> = new Set(
  '242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876'.split(' '),
);

/** The area of a number in E.164. */
export function findArea(e164: string): Area {
  const [, code] = /^\+1(\d{3})\d{7}$/u.exec(e164) ?? [];
  if (code === undefined || othersOfPlusOne.has(code)) return { kind: 'abroad' };
  const area = isTollFree(e164) ? undefined : byCode.get(code);
  if (area === undefined) return { kind: 'anywhere' };
  const { country, states, zones } = area;
  return { kind: 'area', country, states, zones };
}
