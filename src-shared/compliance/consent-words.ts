/**
 * Whole replies that end consent at once, words closed up (`stop all` is `stopall`). The FCC's own list (47 CFR
 * 64.1200(a)(10)), what carriers and providers act on, and their kin in Spanish and in French Canada.
 */
export const optOutKeywords: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'stopp',
  'sstop',
  'stpo',
  'sotp',
  'quit',
  'end',
  'revoke',
  'optout',
  'cancel',
  'unsubscribe',
  'unsub',
  'unsuscribe',
  'unsubcribe',
  'unsubscrib',
  'unsubscirbe',
  'remove',
  'removeme',
  'arret',
  'arreter',
  'td',
  'alto',
  'parar',
  'baja',
  'cancelar',
  'detener',
]);

/** Those among them that mean nothing else even in company: with "please" or "now" they still end consent at once. */
export const plainOptOutKeywords: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'unsubscribe',
  'unsub',
  'unsuscribe',
  'unsubcribe',
  'unsubscrib',
  'unsubscirbe',
  'optout',
  'arret',
  'alto',
]);

/** Words beside a keyword that change nothing about it. */
export const courtesyWords: ReadonlySet<string> = new Set([
  'please',
  'pls',
  'plz',
  'plse',
  'kindly',
  'thanks',
  'thank',
  'thx',
  'ty',
  'you',
  'now',
  'asap',
  'immediately',
  'sir',
  'maam',
  'ok',
  'okay',
  'hi',
  'hello',
  'por',
  'favor',
  'gracias',
  'ya',
  'svp',
  'merci',
]);

/** Whole replies that ask who is texting. They never change consent. */
export const helpKeywords: ReadonlySet<string> = new Set(['help', 'info', 'ayuda', 'aide']);

/**
 * Whole replies that give consent again, to be applied only to a number that is opted out or was asked to opt in: "yes" is
 * a common answer to anything.
 */
export const optInKeywords: ReadonlySet<string> = new Set([
  'start',
  'unstop',
  'yes',
  'optin',
  'subscribe',
  'join',
  'si',
  'oui',
]);
