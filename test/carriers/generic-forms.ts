import { Window } from 'happy-dom';
import { z } from 'zod';

import { GenericComplaint, type WantedText, account } from './generic-account.ts';
import type { ApiCall } from './loopback-api.ts';

const noReceipts = { media: [], reference: null, receiptUrl: null };

const jsonShape = z.strictObject({
  from: z.string(),
  to: z.string(),
  text: z.string(),
  files: z.array(z.strictObject({ url: z.string(), kind: z.literal('picture') })),
  reference: z.string(),
  callback: z.string().optional(),
});

/** `POST` of a JSON document. @throws GenericComplaint */
export function readJsonSend({ headers, body }: ApiCall): WantedText {
  mustBeOfType(headers['content-type'], 'application/json');
  const read = jsonShape.safeParse(parse(body));
  if (!read.success)
    throw new GenericComplaint(400, 'shape', `Wrong: ${read.error.issues[0]?.path.join('.')}`);
  const { from, to, text, files, reference, callback } = read.data;
  const media = files.map(({ url }) => url);
  return { from, to, text, media, reference, receiptUrl: callback ?? null };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    throw new GenericComplaint(400, 'shape', 'Not JSON.');
  }
}

/** `POST` of a form. @throws GenericComplaint */
export function readFormSend({ headers, body }: ApiCall): WantedText {
  mustBeOfType(headers['content-type'], 'application/x-www-form-urlencoded');
  const form = new URLSearchParams(body.toString('utf8'));
  mustKnow([...form.keys()], ['From', 'To', 'Body', 'MediaUrl', 'Ref', 'Notify']);
  const receiptUrl = form.get('Notify');
  return {
    from: one(form, 'From'),
    to: one(form, 'To'),
    text: one(form, 'Body'),
    media: form.getAll('MediaUrl'),
    reference: one(form, 'Ref'),
    receiptUrl,
  };
}

/** A `GET` whose query says everything, the account included. @throws GenericComplaint */
export function readQuerySend({ query }: ApiCall): WantedText {
  mustKnow([...query.keys()], ['user', 'pass', 'did', 'dst', 'message', 'media1', 'media2']);
  mustBeAccount(query.get('user'), query.get('pass'));
  const media = ['media1', 'media2'].flatMap((name) => query.get(name) ?? []);
  const text = one(query, 'message');
  return { ...noReceipts, from: one(query, 'did'), to: one(query, 'dst'), text, media };
}

/** `POST` of an XML document, read by another reader than the adapter's own. @throws GenericComplaint */
export function readXmlSend({ headers, body }: ApiCall): WantedText {
  mustBeOfType(headers['content-type'], 'text/xml');
  const parser = new new Window().DOMParser();
  const document = parser.parseFromString(body.toString('utf8'), 'application/xml');
  const root = document.documentElement;
  if (root.nodeName !== 'sms' || document.querySelector('parsererror') !== null)
    throw new GenericComplaint(400, 'shape', 'Not XML.');
  const child = (name: string): string => root.querySelector(name)?.textContent ?? '';
  mustBeAccount(root.getAttribute('user'), root.getAttribute('pass'));
  if (root.children.length !== 3) throw new GenericComplaint(400, 'shape', 'Not three elements.');
  return { ...noReceipts, from: child('from'), to: child('to'), text: child('text') };
}

function mustBeOfType(written: string | undefined, type: string): void {
  if (written?.split(';')[0] !== type)
    throw new GenericComplaint(415, 'type', `Not ${type} but ${written}.`);
}

function mustKnow(names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new GenericComplaint(400, 'shape', `Unknown: ${unknown}`);
}

function one(form: URLSearchParams, name: string): string {
  const [value, ...more] = form.getAll(name);
  if (value === undefined || more.length > 0)
    throw new GenericComplaint(400, 'shape', `Wrong: ${name}`);
  return value;
}

function mustBeAccount(username: string | null, password: string | null): void {
  if (username !== account.username || password !== account.password)
    throw new GenericComplaint(401, 'account', `No account ${username}.`);
}
