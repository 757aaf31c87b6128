import type { Screen } from './screen.ts';

/** Fetches what is registered and how much of each limit is used. Where it cannot be had, what was known stays. */
export async function loadRegistration({ host, registration }: Screen): Promise<void> {
  try {
    const [{ book }, { meters }] = await Promise.all([
      host.call('registration.get', {}),
      host.call('throughput.get', {}),
    ]);
    registration.setState({ book, meters });
  } catch {
    // The next connection fetches them again.
  }
}
