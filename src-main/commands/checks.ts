import { listCheckPlans, removeCheckPlan, saveCheckPlan } from '#main/history/check-plans.ts';
import { type Check, listChecks, listMissing } from '#main/history/checks.ts';
import { findConnection } from '#main/history/connections.ts';
import { findLine } from '#main/history/lines.ts';
import { type Route, startCheck } from '#main/outbound/send-check.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import type { InboundRoad } from '#shared/contract/connection-shapes.ts';
import type { CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { CheckView } from '#shared/message/check.ts';
import type { LineId } from '#shared/message/line.ts';

import { checkWords, missingWords } from './check-words.ts';
import type { Desk } from './desk.ts';

type Names = 'check.list' | 'check.now' | 'check.plan' | 'check.unplan';

/** Answers everything about texts to ourselves that show whether a line is reached. */
export function checkHandlers(desk: Desk): Pick<Handlers, Names> {
  const changed = (): Record<string, never> => {
    desk.wakeChecks();
    desk.tell('checks.changed', showChecks(desk));
    return {};
  };
  return {
    'check.list': () => showChecks(desk),
    'check.now': (route) => {
      assertRoute(desk, route);
      const check = startCheck(desk.sending, route);
      desk.wakeOutbox();
      changed();
      return { check: show(desk, check, roadsOf(desk)) };
    },
    'check.plan': (plan) => {
      assertRoute(desk, plan);
      saveCheckPlan(desk.db, { ...plan, nextAt: desk.clock.now() });
      return changed();
    },
    'check.unplan': ({ toLineId }) => {
      removeCheckPlan(desk.db, toLineId);
      return changed();
    },
  };
}

/** Every plan, and the checks that are kept. */
export function showChecks(desk: Desk): CommandOutput<'check.list'> {
  const checks = listChecks(desk.db);
  const roadOf = checks.length === 0 ? unknownRoad : roadsOf(desk);
  return {
    plans: listCheckPlans(desk.db),
    checks: checks.map((check) => show(desk, check, roadOf)),
  };
}

type RoadOf = (lineId: LineId) => InboundRoad;

const unknownRoad: RoadOf = () => 'none';

function show(desk: Desk, check: Check, roadOf: RoadOf): CheckView {
  const { id, fromLineId, toLineId, state, startedAt, acceptedAt, arrivedAt } = check;
  const sentence = checkWords(check, { ...labelsOf(desk, check), road: roadOf(toLineId) });
  return { id, fromLineId, toLineId, state, startedAt, acceptedAt, arrivedAt, sentence };
}

/** What is to be said of a connection for a check that did not arrive; null where all did. */
export function checksSay(
  desk: { readonly db: ReadableDb },
  connectionId: string,
): { readonly state: 'trouble'; readonly sentence: string } | null {
  const [missing] = listMissing(desk.db, connectionId);
  if (missing === undefined) return null;
  return { state: 'trouble', sentence: missingWords(labelsOf(desk, missing)) };
}

function labelsOf({ db }: { readonly db: ReadableDb }, { fromLineId, toLineId }: Route) {
  const label = (id: LineId): string => findLine(db, id)?.label ?? 'a line that is gone';
  return { from: label(fromLineId), to: label(toLineId) };
}

/** How texts come in for each line, looked up once for many checks. */
function roadsOf(desk: Desk): RoadOf {
  const roads = new Map(
    desk.connections
      .list()
      .flatMap(({ lines, inboundRoad }) =>
        lines.map(({ lineId }) => [lineId, inboundRoad] as const),
      ),
  );
  return (lineId) => roads.get(lineId) ?? 'none';
}

function assertRoute(desk: Desk, { fromLineId, toLineId }: Route): void {
  if (fromLineId === toLineId)
    throw new CommandFailure('refused', 'A line cannot be checked from itself.', {
      field: 'fromLineId',
      cure: 'Choose another line to send from.',
    });
  for (const [field, id] of Object.entries({ fromLineId, toLineId })) {
    const line = findLine(desk.db, id);
    if (line === undefined || findConnection(desk.db, line.connectionId) === undefined)
      throw new CommandFailure('not-found', 'This line is no longer there.', { field });
  }
}
