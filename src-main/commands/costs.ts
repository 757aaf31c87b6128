import { setImmediate } from 'node:timers/promises';

import { findConnection } from '#main/history/connections.ts';
import { lastDayOut, spentInThread, spentOn } from '#main/history/costs.ts';
import { findLine, listLines } from '#main/history/lines.ts';
import { listOverbilled, sumOverbilled } from '#main/history/overbilled.ts';
import { listRates, saveRates } from '#main/history/rate-cards.ts';
import { takeBilledRows } from '#main/history/take-billed.ts';
import { tellTeam } from '#main/history/team-outbox.ts';
import { dayOf } from '#main/history/usage.ts';
import { type ReadableDb, transact } from '#main/sqlite/database.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import type { CostRow, costCommands } from '#shared/contract/cost-commands.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import { costRow } from '#shared/pricing/sum-costs.ts';

import type { Desk } from './desk.ts';
import { mustFindThread } from './threads.ts';

/** What texts cost, and whether what carriers billed is right. */
export function costHandlers(desk: Desk): Pick<Handlers, keyof typeof costCommands> {
  return {
    'rates.list': () => ({ rates: listRates(desk.db) }),
    'rates.save': (input) => changeRates(desk, input),
    'costs.page': (input) => pageOfCosts(desk, input),
    'costs.of-thread': ({ threadId }) => costOfThread(desk, threadId),
    'audit.page': ({ before, limit }) => {
      const rows = listOverbilled(desk.db, before, limit);
      const next = rows.length < limit ? null : (rows.at(-1)?.entryId ?? null);
      return { rows, next, sum: sumOverbilled(desk.db) };
    },
    'audit.take-rows': (input) => {
      mustFind(desk, input.connectionId);
      return takeBilledRows(desk.db, input);
    },
  };
}

function changeRates(
  desk: Desk,
  { connectionId, card }: CommandInput<'rates.save'>,
): CommandOutput<'rates.save'> {
  mustFind(desk, connectionId);
  transact(desk.db, () => {
    saveRates(desk.db, connectionId, card);
    tellTeam(desk.db, { kind: 'rates-set', at: desk.clock.now(), connectionId, card });
  });
  const told = { rates: listRates(desk.db) };
  desk.tell('rates.changed', told);
  return told;
}

/** Days are read one by one, so that whatever else is to be done gets its turn between two. */
async function pageOfCosts(
  { db, clock }: Desk,
  { before, days }: CommandInput<'costs.page'>,
): Promise<CommandOutput<'costs.page'>> {
  const rows: CostRow[] = [];
  let day = lastDayOut(db, before);
  for (let count = 0; day !== null && count < days; count += 1) {
    rows.push(...costsOf(db, day));
    await setImmediate();
    before = day;
    day = lastDayOut(db, before);
  }
  return { today: dayOf(clock.now()), rows, next: day === null ? null : before };
}

function costOfThread(desk: Desk, threadId: ThreadId): CommandOutput<'costs.of-thread'> {
  const { db } = desk;
  const line = findLine(db, mustFindThread(desk, threadId).lineId);
  const card = listRates(db).find(({ connectionId }) => connectionId === line?.connectionId)?.card;
  if (line === undefined || card === undefined) throw new Error('a thread has a line with rates');
  const {
    day: _day,
    lineId: _line,
    ...cost
  } = costRow({ day: '', line, card }, spentInThread(db, threadId));
  return cost;
}

function costsOf(db: ReadableDb, day: string): CostRow[] {
  const cards = new Map(listRates(db).map(({ connectionId, card }) => [connectionId, card]));
  const byLine = Map.groupBy(spentOn(db, day), ({ lineId }) => lineId);
  return listLines(db).flatMap((line) => {
    const spent = byLine.get(line.id);
    const card = cards.get(line.connectionId);
    return spent === undefined || card === undefined ? [] : [costRow({ day, line, card }, spent)];
  });
}

function mustFind({ db }: Desk, connectionId: string): void {
  if (findConnection(db, connectionId) === undefined)
    throw new CommandFailure('not-found', 'This connection is no longer there.', {
      field: 'connectionId',
      cure: 'Choose another connection.',
    });
}
