/** A setting that cannot be used. The message names the field, the place in it and the cure, and quotes no secret. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';

  /** @param field the credential's name, with the place in it where there is one */
  constructor(field: string, words: string) {
    super(`Generic HTTP connection: credentials.${field} ${words}`);
  }
}
