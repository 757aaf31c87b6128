import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';

/** Fetches the templates. */
export async function loadTemplates(screen: Screen): Promise<void> {
  try {
    const { templates } = await screen.host.call('templates.list', {});
    screen.templates.setState({ all: templates, failure: null });
  } catch (error) {
    screen.templates.setState({ failure: failureOf(error) });
  }
}

/** Fetches the broadcasts as they now stand. */
export async function loadBroadcasts(screen: Screen): Promise<void> {
  try {
    const { broadcasts } = await screen.host.call('broadcasts.list', {});
    screen.broadcasts.setState({ all: broadcasts, failure: null });
  } catch (error) {
    screen.broadcasts.setState({ failure: failureOf(error) });
  }
}
