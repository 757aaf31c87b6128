import { type Page, Refusal } from './telnyx-answer.ts';

/** The query of a call, of which every name must be asked for, else the carrier does not know it and refuses. */
export class TelnyxQuery {
  readonly #left: URLSearchParams;

  constructor(search: URLSearchParams) {
    this.#left = new URLSearchParams(search);
    const names = [...search.keys()];
    if (new Set(names).size !== names.length)
      throw new Refusal('10015', { detail: 'A parameter was given twice' });
  }

  /** The value of a name; undefined where it was not given. */
  take(name: string): string | undefined {
    const value = this.#left.get(name) ?? undefined;
    this.#left.delete(name);
    return value;
  }

  takeWhole(name: string): number | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (!/^[1-9]\d{0,5}$/.test(value)) throw new Refusal('10015', { detail: `${name} is invalid` });
    return Number(value);
  }

  /** The usual two names of a page; more than `most` rows are never given, whatever is asked. */
  takePage(most: number): Page {
    const number = this.takeWhole('page[number]') ?? 1;
    return { number, size: Math.min(this.takeWhole('page[size]') ?? 20, most) };
  }

  /** All that is left of the form `filter[field]` and `filter[field][operator]`. */
  takeFilters(): { readonly field: string; readonly operator: string; readonly value: string }[] {
    const names = [...this.#left.keys()].filter((name) => name.startsWith('filter['));
    return names.map((name) => {
      const [, field, operator] = /^filter\[(\w+)\](?:\[(\w+)\])?$/.exec(name) ?? [];
      if (field === undefined) throw new Refusal('10015', { detail: `${name} is unknown` });
      return { field, operator: operator ?? 'eq', value: this.take(name) ?? '' };
    });
  }

  /** @throws where a name is left that nobody asked for */
  end(): void {
    const [name] = this.#left.keys();
    if (name !== undefined) throw new Refusal('10015', { detail: `${name} is unknown` });
  }
}
