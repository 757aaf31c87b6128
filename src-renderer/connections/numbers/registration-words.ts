import type { CarrierNumber } from './use-numbers.ts';

type Registration = CarrierNumber['registration'];

/** How far a number is registered for its traffic, in words. */
export function registrationWords(registration: Registration): string {
  switch (registration?.state) {
    case 'registered':
      return 'Registered';
    case 'pending':
      return 'Registration pending';
    case 'unregistered':
      return 'Not registered';
    case 'rejected':
      return 'Registration rejected';
    case undefined:
      return 'Carrier does not tell';
  }
}
