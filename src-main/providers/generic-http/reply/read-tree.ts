import { readForm } from '#main/http/read-form.ts';
import { readJson } from '#main/http/read-json.ts';

import { MalformedXml, readXml } from './read-xml.ts';

/** What somebody sent: its text, and the same as plain values where it is JSON, a form or XML. Nothing in it is to be trusted. */
export type Tree = {
  readonly text: string;
  /** Of XML the root with its name as the only member. Undefined where it is none of the three. */
  readonly values: unknown;
};

/** Bytes as a tree: by the type they are said to be of, else by how they begin. Null where they are not UTF-8. */
export function readTree(bytes: Uint8Array, contentType: string | undefined): Tree | null {
  const text = decode(bytes);
  if (text === null) return null;
  const type = contentType ?? '';
  if (/^application\/x-www-form-urlencoded\b/i.test(type))
    return { text, values: formValues(bytes) };
  const start = text.trimStart()[0];
  if (start === '<') return { text, values: xmlValues(text) };
  return { text, values: jsonValues(bytes, text) };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A number too long to be exact is kept as its digits, because carriers number their messages. */
function jsonValues(bytes: Uint8Array, text: string): unknown {
  const values = readJson(bytes);
  if (values === undefined || !/\d{16}/.test(text)) return values;
  return JSON.parse(text, keepDigits as (name: string, value: unknown) => unknown);
}

function keepDigits(_name: string, value: unknown, { source }: { source?: string }): unknown {
  const isExact = typeof value !== 'number' || Number.isSafeInteger(value);
  return isExact || source === undefined || !/^\d+$/.test(source) ? value : source;
}

function formValues(bytes: Uint8Array): unknown {
  const form = readForm(bytes);
  if (form === undefined) return undefined;
  const names = [...new Set(form.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? values[0] : values] as const;
    }),
  );
}

function xmlValues(text: string): unknown {
  try {
    const { root, value } = readXml(text);
    return { [root]: value };
  } catch (error) {
    if (error instanceof MalformedXml) return undefined;
    throw error;
  }
}
