import type { Carrier } from '../../store/connections-store.ts';
import { missingFields } from '../CredentialFields.tsx';
import { addressProblem } from '../reachable.ts';
import type { Entered } from './connecting-store.ts';

/** Has the connection a name? */
export const isNamed = ({ label }: Pick<Entered, 'label'>): boolean => label.trim() !== '';

/** Is the address of the API there where it must be, and an address where it is? */
export function hasAddress({ baseUrl }: Entered, { capabilities }: Carrier): boolean {
  if (addressProblem(baseUrl) !== null) return false;
  return capabilities.needsAddress !== true || baseUrl.trim() !== '';
}

/** Is everything written that the carrier can be asked with? */
export function isComplete(entered: Entered, carrier: Carrier): boolean {
  const { size } = missingFields(carrier.capabilities.credentials, entered.credentials);
  return size === 0 && isNamed(entered) && hasAddress(entered, carrier);
}
