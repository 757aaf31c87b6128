import type { TwilioAccount } from './twilio-account.ts';
import { type ApiCall, type Reply, metaPage, notFound } from './twilio-reply.ts';

/** Resources of the messaging host: services, campaigns, brands, toll-free verifications. */
export function answerMessaging(account: TwilioAccount, call: ApiCall): Reply {
  const { path } = call;
  if (path === '/v1/Services') return listServices(account, call);
  if (path === '/v1/Tollfree/Verifications') return listVerifications(account, call);
  const [, brand] = /^\/v1\/a2p\/BrandRegistrations\/(\w+)$/.exec(path) ?? [];
  if (brand !== undefined) return readBrand(account, call, brand);
  const [, sid = '', rest = ''] = /^\/v1\/Services\/(\w+)(\/[\w/]+)?$/.exec(path) ?? [];
  const service = account.services.find((each) => each.sid === sid);
  if (service === undefined) throw notFound(path);
  if (rest === '') return { status: 200, body: writeService(account, service) };
  if (rest === '/PhoneNumbers')
    return metaPage(call, {
      key: 'phone_numbers',
      rows: service.numbers.map((number) => ({ sid: number })),
      filters: [],
      write: (row) => ({ ...row, account_sid: account.sid, service_sid: sid, capabilities: [] }),
    });
  if (rest !== '/Compliance/Usa2p') throw notFound(path);
  return metaPage(call, {
    key: 'compliance',
    rows: service.campaigns,
    filters: [],
    write: (row) => ({
      sid: row.sid,
      account_sid: account.sid,
      messaging_service_sid: sid,
      brand_registration_sid: row.brand,
      campaign_id: row.campaign,
      campaign_status: row.status,
      us_app_to_person_usecase: 'MIXED',
      errors: [],
      mock: false,
    }),
  });
}

function listServices(account: TwilioAccount, call: ApiCall): Reply {
  return metaPage(call, {
    key: 'services',
    rows: account.services,
    filters: [],
    write: (row) => writeService(account, row),
  });
}

function writeService(account: TwilioAccount, row: TwilioAccount['services'][number]): unknown {
  return {
    sid: row.sid,
    account_sid: account.sid,
    friendly_name: 'Service',
    inbound_request_url: row.inboundUrl,
    inbound_method: 'POST',
    use_inbound_webhook_on_number: row.defers,
    us_app_to_person_registered: row.campaigns.length > 0,
  };
}

function listVerifications(account: TwilioAccount, call: ApiCall): Reply {
  return metaPage(call, {
    key: 'verifications',
    rows: account.verifications,
    filters: ['TollfreePhoneNumberSid', 'Status'],
    write: (row) => ({
      sid: row.sid,
      account_sid: account.sid,
      tollfree_phone_number_sid: row.number,
      status: row.status,
    }),
  });
}

function readBrand(account: TwilioAccount, { path }: ApiCall, sid: string): Reply {
  const tcrId = account.brands.get(sid);
  if (tcrId === undefined) throw notFound(path);
  return { status: 200, body: { sid, status: 'APPROVED', brand_type: 'STANDARD', tcr_id: tcrId } };
}
