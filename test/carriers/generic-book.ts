import { GenericComplaint, type TakenText, type WantedText, ours } from './generic-account.ts';

/** What the carrier takes and what it does not, whatever form it came in. */
export class GenericBook {
  readonly taken: TakenText[] = [];
  #next = 9_007_199_254_740_993n;

  /** @throws GenericComplaint */
  take(wanted: WantedText): TakenText {
    if (![ours, ours.slice(1), ours.slice(2)].includes(wanted.from))
      throw new GenericComplaint(403, 'sender', 'This sender is not yours.');
    if (!/^(?:\+?1)?[2-9]\d{9}$/.test(wanted.to))
      throw new GenericComplaint(400, 'number', 'This is no number.');
    if (wanted.to.endsWith('0104')) throw new GenericComplaint(422, '4001', 'A landline.');
    if (wanted.to.endsWith('0105')) throw new GenericComplaint(422, '4002', 'Opted out.');
    if (wanted.to.endsWith('0107')) throw new GenericComplaint(429, 'slow', 'Slow down.');
    if (wanted.text.length > 1_600) throw new GenericComplaint(413, 'length', 'Too long.');
    if (!wanted.media.every((url) => /^https?:\/\/\S+$/.test(url)))
      throw new GenericComplaint(422, 'media', 'No such picture.');
    this.#next += 1n;
    const text = { ...wanted, id: String(this.#next) };
    this.taken.push(text);
    return text;
  }
}
