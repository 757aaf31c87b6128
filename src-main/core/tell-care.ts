import { showChecks } from '#main/commands/checks.ts';
import type { Desk } from '#main/commands/desk.ts';
import { showGaps } from '#main/commands/gaps.ts';
import type { Tell } from '#shared/contract/contract.ts';

/** Tells what is missing and how checks went, each only where it is other than told before. */
export function tellCareOf(desk: () => Desk): (tell: Tell) => void {
  let gapsTold = '';
  let checksTold = '';
  return (tell) => {
    const gaps = showGaps(desk());
    const checks = showChecks(desk());
    const [gapsNow, checksNow] = [JSON.stringify(gaps), JSON.stringify(checks)];
    if (gapsNow !== gapsTold) tell('gaps.changed', { gaps });
    if (checksNow !== checksTold) tell('checks.changed', checks);
    [gapsTold, checksTold] = [gapsNow, checksNow];
  };
}
