import type { Profile } from '../profile.ts';

/** Sessions that are saying goodbye. A carrier with room for one bind refuses the next until the last is over. */
export class Goodbyes {
  readonly #underWay = new Map<string, Promise<void>>();

  /** Resolves when no earlier session of this account is saying goodbye. */
  async before(profile: Profile): Promise<void> {
    await this.#underWay.get(accountOf(profile))?.catch(() => undefined);
  }

  /** Keeps a goodbye in mind until it is said. @returns the goodbye itself */
  note(profile: Profile, goodbye: Promise<void>): Promise<void> {
    const account = accountOf(profile);
    this.#underWay.set(account, goodbye);
    const forget = (): void => {
      if (this.#underWay.get(account) === goodbye) this.#underWay.delete(account);
    };
    goodbye.then(forget, forget);
    return goodbye;
  }
}

const accountOf = ({ place, login }: Profile): string =>
  `${place.host}:${place.port}/${login.systemId}`;
