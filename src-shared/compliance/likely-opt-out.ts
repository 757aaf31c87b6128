import type { NormalisedReply } from './normalise-reply.ts';

const send =
  '(?:text|message|contact|call|email|sms|msg|txt|write|bother|spam|harass|send|reach out to|communicate with)';
const sending =
  '(?:texting|messaging|contacting|calling|emailing|sending|spamming|bothering|harassing|writing|msging|txting|blowing up|reaching out)';
const texts =
  '(?:texts?|text messages|messages?|msgs?|txts?|sms|spam|notifications?|reminders?|alerts?|promos?|promotions?|ads)';
const me = '(?:me|us|my (?:number|phone|cell|name|info)|this (?:number|phone)|him|her)';

/** Wishes to hear no more, over words closed up and in lower case. A match is a question for a person, not yet a fact. */
const wishes: readonly RegExp[] = [
  `(?:stop|quit|cease|discontinue|halt|end) (?:all )?(?:the |these |those |your |ur |any )?(?:further )?(?:${sending}|${texts})`,
  `(?:stop|cease) and desist`,
  `(?:take|get|scratch|pull|cross) ${me} off`,
  `(?:remove|delete|erase|drop|unlist|strike) ${me}(?: (?:from|off|out|number|please|now|immediately|thanks|thx|and)|$)`,
  `lose (?:my|this) number`,
  `(?:do not|dont|never|please dont|stop trying to|quit trying to) (?:ever )?${send}(?: (?:or|and) ${send})? (?:me|us|this|here|again|anymore|any more|any|my)`,
  `(?:do not|dont) ${send}$`,
  `(?:no|not any|want no|need no) more (?:of (?:these|your|the) )?${texts}`,
  `no more (?:texting|messaging|contact)`,
  `(?:do not|dont|no longer) (?:want|wish|need|like) (?:to )?(?:get|receive|be getting|be receiving|hear|have|be contacted|any|your|these|more)(?: .*)?(?:${texts}|from you|contacted|anymore|any more)`,
  `(?:do not|dont|no longer) (?:want|wish|need) (?:your|these|any|any more|more) ${texts}`,
  `(?:do not|dont|no longer) (?:want|wish) to be (?:texted|messaged|contacted|called|on (?:this|your|the) list)`,
  `leave (?:me|us) (?:the (?:hell|fuck) )?alone`,
  `wrong (?:number|person|phone)`,
  `(?:unsubscribe|unsub|unsuscribe|unsubcribe)(?: |$)`,
  `opt (?:me )?out`,
  `opting out`,
  `(?:optout)(?: |$)`,
  `(?:withdraw|revoke|rescind|take back) (?:my |all |any )?(?:consent|permission|authorization)`,
  `(?:do not|dont|never|didnt|did not) (?:give|gave|consent|agree|sign up)(?: .*)?(?:consent|permission|${texts}|for this|to this)`,
  `(?:off|from) (?:of )?(?:your|ur|this) (?:(?:text|texting|mailing|contact|call|calling|phone|sms|marketing) )?list`,
  `(?:put|place|add) ${me} on (?:your|the|a) (?:internal )?(?:dnc|do not (?:call|contact|text)|no call)`,
  `do not (?:call|contact|text) list`,
  `(?:ill|i will|going to|gonna) (?:report|sue|block) you`,
  `no me (?:mande|manden|mandes|envie|envien|envies|escriba|escriban|escribas|moleste|molesten|contacten|texteen|llamen)`,
  `(?:deje|dejen|deja|pare|paren|para) de (?:mandar|enviar|escribir|molestar|textear|contactar|llamar)`,
  `(?:quite|quiten|borre|borren|saque|saquen|elimine|eliminen)(?:me)? (?:de|mi numero)`,
  `(?:quiteme|quitenme|borreme|borrenme|saqueme|saquenme|eliminenme)`,
  `no quiero (?:mas|recibir|(?:sus |estos )?mensajes)`,
  `numero equivocado`,
  `(?:arretez|cessez) (?:de|les|ces)`,
  `(?:desabonner|desabonnez|desinscrire|desinscrivez|retirez moi|enlevez moi)`,
  `ne (?:mecrivez|menvoyez|me contactez|me textez) (?:plus|pas)`,
  `mauvais numero`,
  `stop (?:it|this|that)(?: please| now)?$`,
].map((source) => new RegExp(`(?:^| )${source}`, 'u'));

/** After "stop" these say where or what, as in "stop by at 5": an ordinary sentence, not a wish. */
const stopOver: ReadonlySet<string> = new Set(
  (
    'by in at on over off here there for sign light loss payment payments and when before after until till near outside work ' +
    'working watch drinking smoking eating using taking making doing going being having getting worrying thinking the my our ' +
    'this that his her their your a an to it if is was signs lights time watch'
  ).split(' '),
);

/** Before "stop" at the end these make it something else: "can’t stop", "bus stop", "until the rain will stop". */
const noStopAfter: ReadonlySet<string> = new Set(
  'dont cant wont cannot not never to bus truck pit rest next last full train the a my our one will would should non un and tab'.split(
    ' ',
  ),
);

const longestCurtReply = 4;
const curtKeywords: ReadonlySet<string> = new Set(['stop', 'stopp', 'alto']);

/** Does this reply read like a wish to hear no more, though it is no keyword? */
export function isLikelyOptOut(reply: NormalisedReply): boolean {
  const text = reply.words.join(' ');
  return wishes.some((wish) => wish.test(text)) || hasCurtStop(reply);
}

/** "STOP. I already paid", "get off my phone, STOP", "stop man": alone in a sentence, shouted, or in a very short reply. */
function hasCurtStop({ words, sentences, shouted }: NormalisedReply): boolean {
  const stands = sentences.some(([word, ...more]) => more.length === 0 && isCurt(word));
  if (stands) return true;
  if (shouted.some(isCurt) && words.some((_, at) => standsAlone(words, at))) return true;
  const isShort = words.length > 1 && words.length <= longestCurtReply;
  return isShort && (standsAlone(words, 0) || standsAlone(words, words.length - 1));
}

const isCurt = (word: string | undefined): boolean => word !== undefined && curtKeywords.has(word);

/** Is the word at this place a "stop" that goes with neither of its neighbours? */
function standsAlone(words: readonly string[], at: number): boolean {
  const [before = '', after = ''] = [words[at - 1], words[at + 1]];
  return isCurt(words[at]) && !noStopAfter.has(before) && !stopOver.has(after);
}
