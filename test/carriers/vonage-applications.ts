import type { ApiCall, ApiReply } from './loopback-api.ts';
import { isOfAccount, problem, unauthorized } from './vonage-account.ts';
import type { BookedApplication, VonageBook } from './vonage-book.ts';

const known = new Set(['name', 'keys', 'capabilities', 'privacy']);

const invalid = (name: string, reason: string): ApiReply =>
  problem(400, '/application#payload-validation', {
    title: 'Bad Request',
    detail: 'The request failed due to validation errors',
    invalid_parameters: [{ name, reason }],
  });

/** `GET` and `PUT /v2/applications/{id}`; a change replaces the application as a whole. */
export function answerApplication(call: ApiCall, book: VonageBook): ApiReply {
  if (!isOfAccount(call)) return unauthorized;
  const { application } = book;
  if (call.path !== `/v2/applications/${application.id}`)
    return problem(404, '#not-found', { title: 'Not Found', detail: 'ID does not exist' });
  if (call.method === 'GET') return show(application);
  if (call.method !== 'PUT') return problem(405, '#method', { title: 'Method Not Allowed' });
  if (call.headers['content-type'] !== 'application/json')
    return problem(415, '#unsupported', { title: 'Unsupported Media Type' });
  return change(application, JSON.parse(call.body.toString()) as Partial<BookedApplication>);
}

function show({ keys, ...application }: BookedApplication): ApiReply {
  const links = { self: { href: `/v2/applications/${application.id}` } };
  const body = { ...application, keys: { public_key: keys.public_key }, _links: links };
  return { status: 200, body };
}

function change(application: BookedApplication, given: Partial<BookedApplication>): ApiReply {
  const wrong = complaintAbout(given);
  if (wrong !== null) return wrong;
  const { name = '', capabilities = {}, privacy = { improve_ai: true }, keys } = given;
  Object.assign(application, { name, capabilities, privacy, keys: keys ?? application.keys });
  return show(application);
}

const versions = new Set(['v1', 'v0.1', undefined]);

function complaintAbout(given: Partial<BookedApplication>): ApiReply | null {
  const stranger = Object.keys(given).find((name) => !known.has(name));
  if (stranger !== undefined) return invalid(stranger, 'is not allowed');
  if (!given.name) return invalid('name', 'is required');
  const { webhooks = {}, version } = given.capabilities?.messages ?? {};
  for (const [name, hook] of Object.entries(webhooks))
    if (!/^https?:\/\//.test(hook.address) || hook.http_method !== 'POST')
      return invalid(`capabilities.messages.webhooks.${name}`, 'must be a URL, by POST');
  return versions.has(version) ? null : invalid('capabilities.messages.version', 'is unknown');
}
