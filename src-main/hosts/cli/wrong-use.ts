/** The program was called wrongly; the message is a sentence with the cure. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
