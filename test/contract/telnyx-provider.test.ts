import { telnyx } from '#main/providers/telnyx/adapter.ts';

import { testProvider } from './provider-suite.ts';
import { startTelnyx } from './telnyx-under-test.ts';

testProvider({ definition: telnyx, start: startTelnyx });
