import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { LineId } from '#shared/message/line.ts';
import type { Brand, Campaign, LineRegistration } from '#shared/throughput/registration.ts';

type BrandRow = Omit<Brand, 'hasTaxId'> & { hasTaxId: number };

const brandColumns = sql`brands.id, name, kind, score, tax_id_digest IS NOT NULL AS hasTaxId, reply_slice AS replySlice`;
const campaignColumns = sql`campaigns.id, brand_id AS brandId, use_case AS useCase, use, att_class AS attClass`;
const lineColumns = sql`line_id AS lineId, state, campaign_id AS campaignId, source, detail`;

const asBrand = (row: BrandRow): Brand => ({ ...row, hasTaxId: row.hasTaxId === 1 });

/** Every brand, by name. */
export function listBrands(db: ReadableDb): Brand[] {
  return all<BrandRow>(db, sql`SELECT ${brandColumns} FROM brands ORDER BY name, id`).map(asBrand);
}

export function findBrand(db: ReadableDb, id: string): Brand | undefined {
  const row = first<BrandRow>(db, sql`SELECT ${brandColumns} FROM brands WHERE id = ${id}`);
  return row && asBrand(row);
}

/** Every campaign, by its id. */
export function listCampaigns(db: ReadableDb): Campaign[] {
  return all<Campaign>(db, sql`SELECT ${campaignColumns} FROM campaigns ORDER BY id`);
}

export function findCampaign(db: ReadableDb, id: string): Campaign | undefined {
  return first<Campaign>(db, sql`SELECT ${campaignColumns} FROM campaigns WHERE id = ${id}`);
}

/** What is known of the lines of which anything is. */
export function listLineRegistrations(db: ReadableDb): LineRegistration[] {
  return all<LineRegistration>(
    db,
    sql`SELECT ${lineColumns} FROM line_registrations ORDER BY line_id`,
  );
}

export function findLineRegistration(db: ReadableDb, lineId: LineId): LineRegistration | undefined {
  return first<LineRegistration>(
    db,
    sql`SELECT ${lineColumns} FROM line_registrations WHERE line_id = ${lineId}`,
  );
}

export type BrandChange = Omit<Brand, 'hasTaxId'> & {
  /** Undefined leaves the one that is kept. */
  readonly taxIdDigest?: string | null;
};

export function saveBrand(db: WritableDb, brand: BrandChange): void {
  const { id, name, kind, score, replySlice, taxIdDigest } = brand;
  run(
    db,
    sql`INSERT INTO brands (id, name, kind, score, reply_slice) VALUES (${id}, ${name}, ${kind}, ${score}, ${replySlice})
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, score = excluded.score,
          reply_slice = excluded.reply_slice`,
  );
  if (taxIdDigest !== undefined)
    run(db, sql`UPDATE brands SET tax_id_digest = ${taxIdDigest} WHERE id = ${id}`);
}

/** The brand that has this tax id. */
export function findBrandByTaxId(db: ReadableDb, digest: string): Brand | undefined {
  const row = first<BrandRow>(
    db,
    sql`SELECT ${brandColumns} FROM brands WHERE tax_id_digest = ${digest}`,
  );
  return row && asBrand(row);
}

export function saveCampaign(db: WritableDb, campaign: Campaign): void {
  const { id, brandId, useCase, use, attClass } = campaign;
  run(
    db,
    sql`INSERT INTO campaigns (id, brand_id, use_case, use, att_class)
        VALUES (${id}, ${brandId}, ${useCase}, ${use}, ${attClass})
        ON CONFLICT (id) DO UPDATE SET brand_id = excluded.brand_id, use_case = excluded.use_case,
          use = excluded.use, att_class = excluded.att_class`,
  );
}

export function saveLineRegistration(
  db: WritableDb,
  { lineId, state, campaignId, source, detail }: LineRegistration,
  at: number,
): void {
  run(
    db,
    sql`INSERT INTO line_registrations (line_id, state, campaign_id, source, detail, at)
        VALUES (${lineId}, ${state}, ${campaignId}, ${source}, ${detail}, ${at})
        ON CONFLICT (line_id) DO UPDATE SET state = excluded.state, campaign_id = excluded.campaign_id,
          source = excluded.source, detail = excluded.detail, at = excluded.at`,
  );
}

/** Forgets a campaign, which its lines then have no longer. */
export function removeCampaign(db: WritableDb, id: string): void {
  run(db, sql`UPDATE line_registrations SET campaign_id = NULL WHERE campaign_id = ${id}`);
  run(db, sql`DELETE FROM campaigns WHERE id = ${id}`);
}

/** Forgets a brand and its campaigns. */
export function removeBrand(db: WritableDb, id: string): void {
  for (const campaign of listCampaigns(db)) {
    if (campaign.brandId === id) removeCampaign(db, campaign.id);
  }
  run(db, sql`DELETE FROM brands WHERE id = ${id}`);
}
