/** A document as plain values: an element with nothing but text is that text, any other an object of what it holds. */
export type XmlValue = string | { readonly [name: string]: XmlValue | readonly XmlValue[] };

/** Not well-formed, or more than is worth reading. The message names the place, never the content. */
export class MalformedXml extends Error {
  override readonly name = 'MalformedXml';
}

const maxDepth = 32;
const nameAt = /[A-Za-z_][\w:.-]*/y;
const attributeAt = /\s+([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const endOfTagAt = /\s*(\/?)>/y;

type Element = {
  readonly name: string;
  readonly members: Map<string, XmlValue[]>;
  text: string;
};

/**
 * Reads a small XML document without a document type, so that it can name nothing outside itself and grow nothing. Attributes are
 * members named `@name`, text beside elements is `#text`, elements of one name are a list.
 * @returns the root's name and value
 * @throws {MalformedXml}
 */
export function readXml(text: string): { readonly root: string; readonly value: XmlValue } {
  return new XmlReader(text).read();
}

class XmlReader {
  readonly #text: string;
  #at = 0;
  readonly #open: Element[] = [];
  #root: { root: string; value: XmlValue } | null = null;

  constructor(text: string) {
    this.#text = text.replace(/^\ufeff/, '');
  }

  read(): { readonly root: string; readonly value: XmlValue } {
    while (this.#at < this.#text.length) this.#readOne();
    if (this.#root === null || this.#open.length > 0) throw this.#malformed();
    return this.#root;
  }

  #readOne(): void {
    if (this.#startsWith('<!--')) this.#skipTo('-->');
    else if (this.#startsWith('<![CDATA[')) this.#addText(this.#skipTo(']]>').slice(9));
    else if (this.#startsWith('<?')) this.#skipTo('?>');
    else if (this.#startsWith('</')) this.#close();
    else if (this.#startsWith('<')) this.#start();
    else this.#addText(this.#decode(this.#upTo('<')));
  }

  #startsWith(start: string): boolean {
    return this.#text.startsWith(start, this.#at);
  }

  #upTo(end: string): string {
    const found = this.#text.indexOf(end, this.#at);
    const part = this.#text.slice(this.#at, found < 0 ? undefined : found);
    this.#at += part.length;
    return part;
  }

  #skipTo(end: string): string {
    const part = this.#upTo(end);
    if (this.#at >= this.#text.length) throw this.#malformed();
    this.#at += end.length;
    return part;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  #addText(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
    else if (text.trim() !== '') throw this.#malformed();
  }

  #start(): void {
    this.#at += 1;
    const name = this.#match(nameAt)?.[0];
    if (name === undefined || this.#open.length >= maxDepth || this.#root !== null)
      throw this.#malformed();
    const members: Element['members'] = new Map();
    for (let found = this.#match(attributeAt); found; found = this.#match(attributeAt)) {
      if (members.has(`@${found[1]}`)) throw this.#malformed();
      members.set(`@${found[1]}`, [this.#decode(found[2] ?? found[3] ?? '')]);
    }
    const end = this.#match(endOfTagAt);
    if (end === null) throw this.#malformed();
    this.#open.push({ name, members, text: '' });
    if (end[1] === '/') this.#finish();
  }

  #close(): void {
    this.#at += 2;
    const name = this.#match(nameAt)?.[0];
    const end = this.#match(endOfTagAt);
    if (end === null || end[1] === '/' || name !== this.#open.at(-1)?.name) throw this.#malformed();
    this.#finish();
  }

  #finish(): void {
    const element = this.#open.pop();
    if (element === undefined) throw this.#malformed();
    const value = valueOf(element);
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = { root: element.name, value };
    else addMember(parent, element.name, value);
  }

  #decode(text: string): string {
    return text.replaceAll(/&([^&;]{0,12});?/g, (all, name: string) => {
      const sign = all.endsWith(';') ? signOf(name) : null;
      if (sign === null) throw this.#malformed();
      return sign;
    });
  }

  #malformed(): MalformedXml {
    return new MalformedXml(`near character ${this.#at + 1}`);
  }
}

function addMember({ members }: Element, name: string, value: XmlValue): void {
  const there = members.get(name);
  if (there === undefined) members.set(name, [value]);
  else there.push(value);
}

function valueOf({ members, text }: Element): XmlValue {
  if (members.size === 0) return text;
  if (text.trim() !== '') members.set('#text', [text]);
  const entries = [...members].map(([name, values]) => {
    const [first = ''] = values;
    return [name, values.length === 1 ? first : values] as const;
  });
  return Object.fromEntries(entries);
}

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function signOf(name: string): string | null {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  const code =
    hexadecimal === undefined ? Number(decimal ?? 'NaN') : Number.parseInt(hexadecimal, 16);
  if (Number.isNaN(code)) return named.get(name) ?? null;
  const isSurrogate = code >= 0xd8_00 && code <= 0xdf_ff;
  return code === 0 || code > 0x10_ff_ff || isSurrogate ? null : String.fromCodePoint(code);
}
