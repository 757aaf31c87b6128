import { saveConnectionRates } from '#main/history/connection-limits.ts';
import { findConnection } from '#main/history/connections.ts';
import { findLine, listLines } from '#main/history/lines.ts';
import { listMeters } from '#main/history/meters.ts';
import { readRegistrationBook } from '#main/history/registration-book.ts';
import {
  findBrand,
  findBrandByTaxId,
  findCampaign,
  listCampaigns,
  listLineRegistrations,
  removeBrand,
  removeCampaign,
  saveBrand,
  saveCampaign,
  saveLineRegistration,
} from '#main/history/registrations.ts';
import { digestTaxId } from '#main/history/tax-id.ts';
import { tellRegistration } from '#main/history/tell-registration.ts';
import { releaseThrottled } from '#main/history/throttled.ts';
import { transact } from '#main/sqlite/database.ts';
import type { Handlers } from '#shared/contract/answer-renderer.ts';
import type { CommandInput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type {
  RegistrationBook,
  registrationCommands,
} from '#shared/contract/registration-commands.ts';
import type { LineId } from '#shared/message/line.ts';

import type { Desk } from './desk.ts';

type Answer = { book: RegistrationBook };

/** Brands, campaigns, lines and connections as carriers know them, and how much they let through. */
export function registrationHandlers(
  desk: Desk,
): Pick<Handlers, keyof typeof registrationCommands> {
  const { db, clock } = desk;
  return {
    'registration.get': () => ({ book: readRegistrationBook(db) }),
    'brand.save': (input) =>
      changed(desk, () => keepBrand(desk, input), linesOf(desk, { brandId: input.brand.id })),
    'brand.remove': ({ id }) =>
      changed(desk, () => removeBrand(db, id), linesOf(desk, { brandId: id })),
    'campaign.save': ({ campaign }) =>
      changed(
        desk,
        () => {
          if (findBrand(db, campaign.brandId) === undefined) throw isGone('brand', 'brandId');
          saveCampaign(db, campaign);
        },
        linesOf(desk, { campaignId: campaign.id }),
      ),
    'campaign.remove': ({ id }) =>
      changed(desk, () => removeCampaign(db, id), linesOf(desk, { campaignId: id })),
    'registration.set': ({ line }) => changed(desk, () => keepLine(desk, line), [line.lineId]),
    'throughput.set': ({ connectionId, rates }) =>
      changed(
        desk,
        () => {
          if (findConnection(db, connectionId) === undefined)
            throw isGone('connection', 'connectionId');
          saveConnectionRates(db, connectionId, rates);
        },
        linesOn(desk, connectionId),
      ),
    'throughput.get': () => ({ meters: listMeters(db, clock.now()) }),
  };
}

/* What waits for a limit may leave by the new one, so it is asked again. */
function changed(desk: Desk, deed: () => void, lines: readonly LineId[]): Answer {
  transact(desk.db, () => {
    deed();
    tellRegistration(desk.db, lines, desk.clock.now());
    releaseThrottled(desk.db, desk.clock.now());
  });
  const told = { book: readRegistrationBook(desk.db) };
  desk.tell('registration.changed', told);
  desk.wakeOutbox();
  return told;
}

/* The lines that a change of a brand or a campaign is about; taken before it, because it may take them out. */
function linesOf({ db }: Desk, of: { brandId?: string; campaignId?: string }): LineId[] {
  const campaigns = listCampaigns(db).filter(
    ({ id, brandId }) => id === of.campaignId || brandId === of.brandId,
  );
  const ids = new Set(campaigns.map(({ id }) => id));
  return listLineRegistrations(db).flatMap(({ lineId, campaignId }) =>
    campaignId !== null && ids.has(campaignId) ? [lineId] : [],
  );
}

/* One line speaks for its connection. */
function linesOn({ db }: Desk, connectionId: string): LineId[] {
  return listLines(db)
    .filter((line) => line.connectionId === connectionId)
    .slice(0, 1)
    .map(({ id }) => id);
}

function keepBrand({ db }: Desk, { brand, taxId }: CommandInput<'brand.save'>): void {
  const digest = typeof taxId === 'string' ? digestTaxId(taxId) : taxId;
  const other = typeof digest === 'string' ? findBrandByTaxId(db, digest) : undefined;
  if (other !== undefined && other.id !== brand.id) {
    throw new CommandFailure('refused', `The brand ${other.name} has this tax id.`, {
      field: 'taxId',
      cure: 'Carriers count by the tax id: add the campaign to that brand.',
    });
  }
  saveBrand(db, digest === undefined ? brand : { ...brand, taxIdDigest: digest });
}

function keepLine({ db, clock }: Desk, line: CommandInput<'registration.set'>['line']): void {
  if (findLine(db, line.lineId) === undefined) throw isGone('line', 'lineId');
  if (line.campaignId !== null && findCampaign(db, line.campaignId) === undefined)
    throw isGone('campaign', 'campaignId');
  saveLineRegistration(db, { ...line, source: 'person' }, clock.now());
}

const isGone = (what: string, field: string): CommandFailure =>
  new CommandFailure('not-found', `This ${what} is no longer there.`, {
    field,
    cure: `Choose another ${what}.`,
  });
