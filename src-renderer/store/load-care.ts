import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';

/** Fetches what is known to be missing, and how the checks of our lines went. */
export async function loadCare({ host, care }: Screen): Promise<void> {
  try {
    const [{ gaps }, checks] = await Promise.all([
      host.call('gaps.list', {}),
      host.call('check.list', {}),
    ]);
    care.setState({ gaps, ...checks, failure: null });
  } catch (error) {
    care.setState({ failure: failureOf(error) });
  }
}
