const dont = '(?:do not|dont|dnt)';
const send =
  '(?:text|message|contact|call|email|sms|msg|txt|write|bother|spam|harass|send|reach out to|communicate with|hit up)';
const sending =
  '(?:texting|messaging|contacting|calling|emailing|sending|spamming|bothering|harassing|writing|msging|txting|txtin|textin|blowing up|reaching out|soliciting|asking me|begging)';
const texts =
  '(?:texts?|text messages|messages?|msgs?|txts?|sms|spam|notifications?|reminders?|alerts?|promos?|promotions?|ads)';
const me = '(?:me|us|my (?:number|phone|cell|name|info)|this (?:number|phone)|him|her)';
/** What a person gets off, out of or opts out of when they mean being texted. */
const beingTold = `(?:${texts}|lists?|group|thread|chat|campaign|everything|contacts?)`;
const theirs = '(?:your|ur|this|these|the|that|all|any|future|all future)';
/** A time or place after the wish makes it a matter of when: "don't call me before 9". */
const notWhen =
  '(?! (?:at (?!this|all)|(?:before|after|until|till|between|while|during|when|unless)(?: |$)))';
/** Somebody or something else than the one who writes: "stop calling my mother". */
const notOthers = '(?! my (?!number|phone|cell))';
/** "Don't stop texting me", "why did you stop texting me" ask for more. */
const notMore = '(?<!(?:dont|do not|never|not|did you|did u|did yall) )';

const english = [
  `${notMore}(?:stop|quit|cease|discontinue|halt|end) (?:all )?(?:the |these |those |your |ur |any )?(?:further )?(?:${sending}${notOthers}|${texts})`,
  `(?:stop|cease) and desist`,
  `cease all (?:communications?|contacts?|correspondence)`,
  `refrain from ${sending}`,
  `(?:stop|quit|enough|done) (?:w|with) (?:${theirs} )?${texts}`,
  `enough (?:already|of (?:your|these) )`,
  `(?:ask|asked|asking|told|tell|telling) (?:you|u|yall|you guys|you people) (?:\\w+ )?to stop(?: (?:last|already|before|many|several|now)|$)`,
  `(?:say|said) stop$`,
  `(?:take|get|scratch|pull|cross|drop) ${me} off(?: of)?(?: (?:please|now|thanks|asap|immediately)|$)`,
  `(?:take|get|scratch|pull|cross|drop|let|taken) (?:${me} )?(?:off|out)(?: of)? ${theirs} (?:(?!waiting)\\w+ ){0,2}${beingTold}`,
  `take (?:it|this|that|my number|this number) off(?: please| now|$)`,
  `(?:remove|delete|erase|drop|unlist|strike) ${me}(?: (?:from|off|out|number|please|now|immediately|thanks|thx|and)|$)`,
  `(?:remove|delete|erase|scrub|block|forget|get rid of) (?:my|this) (?:contact|number|phone number|details)`,
  `number remove it`,
  `(?:want|like|wish|need|ask|asking) to be (?:removed|taken off|deleted|unsubscribed)(?! from (?:the|my) (?!${beingTold}))`,
  `lose (?:my|this) (?:number|digits)`,
  `(?:${dont}|never|please dont|stop trying to|quit trying to) (?:ever )?${send}(?: (?:or|and) ${send})? (?:me|us|this|here|again|anymore|any more|any|my (?:number|phone|cell))(?= |$)${notWhen}`,
  `${dont} (?:hit|blow) (?:me|us|my phone) up`,
  `${dont} ${send}$`,
  `(?:no|not any|want no|need no) more (?:of (?:these|your|the) )?(?:political |campaign |marketing |promo )?${texts}(?= |$)(?! (?:came|come|arrived|were|was|have|has|since|went))`,
  `no more (?:texting|messaging|contact)`,
  `(?:${dont}|no longer) (?:want|wish|need|like) (?:to )?(?:get|receive|be getting|be receiving|hear|have|be contacted|any|your|these|more)(?: .*)?(?:${texts}|from you|contacted|anymore|any more)`,
  `(?:${dont}|no longer) (?:want|wish|need) (?:your|these|any|any ?more|more|no more) ${texts}`,
  `(?:${dont}|no longer) (?:want|wish) to be (?:texted|messaged|contacted|called|on (?:this|your|the) list)`,
  `(?:prefer|rather) not (?:to )?(?:receive|get|have|be)(?: \\w+){0,2} (?:${texts}|texted|contacted)`,
  `(?:prefer|rather) not (?:to )?(?:receive|get) these`,
  `(?:tired|sick) of (?:getting |receiving )?(?:all )?(?:these|your|the) ${texts}`,
  `leave (?:me|us|my (?:phone|number)) (?:the (?:hell|fuck) )?alone`,
  `wrong (?:number|num|person|phone|guy|lady|girl|man|woman)(?= |$)(?! (?:on|in|of)(?: |$))`,
  `(?:this|my) (?:number|phone) (?:no longer|does not|doesnt|dont) belongs?`,
  `no longer (?:uses?|has|have|owns?) this (?:number|phone)`,
  `this is (?:no longer|not) \\w+ (?:number|phone)`,
  `(?:unsubscribe|unsub|unsuscribe|unsubcribe)(?: |$)`,
  `unenroll(?: me| from (?:${theirs} )?${texts}|$)`,
  `opt(?:ing)? ?(?:me )?out(?: |$)(?!of (?!.*(?:${beingTold}|this|these|all)(?: |$)))`,
  `(?:cancel|turn off|disable|deactivate) (?:all )?(?:my |these |your )?(?:the )?(?:text|sms|texting) (?:alerts|notifications|texts|messages|reminders|updates)`,
  `(?:cancel|turn off|disable|deactivate) (?:all )?(?:these|your) ${texts}`,
  `subscription to ${theirs} ${texts}`,
  `how (?:do|can|could) i (?:stop|end|make) (?:these|this|the|your)(?: ${texts})?(?: stop)?$`,
  `(?:only|just) (?:contact|reach|write) me by (?:mail|email|phone|post)`,
  `instead of (?:texting|${texts})`,
  `(?:withdraw|revoke|rescind|take back) (?:my |all |any )?(?:consent|permission|authorization)`,
  `(?:${dont}|never|didnt|did not) (?:give|gave|consent|agree|sign up|signed up|ask|asked)(?: .*)?(?:consent|permission|${texts}|for this|for these|to this)`,
  `(?:${dont}|never) have (?:my |our )?(?:consent|permission)`,
  `(?:off|from) (?:of )?(?:your|ur|this) (?:(?:text|texting|mailing|contact|call|calling|phone|sms|marketing) )?list`,
  `(?:put|place|add) ${me} on (?:your|the|a) (?:internal )?(?:dnc|do not (?:call|contact|text)|no call)`,
  `do not (?:call|contact|text) (?:list|registry)`,
  `(?:on|to) the (?:national )?dnc`,
  `(?:ill|i will|going to|gonna) (?:report|sue|block) you`,
  `(?:this is|these (?:texts|messages) are|its|thats) (?:\\w+ )?harassment`,
  `report(?:ed|ing)?(?: \\w+){0,2} (?:as spam|to the fcc|to the ftc)`,
  `fcc complaint`,
  `tcpa`,
  `block(?:ed|ing)? (?:this|your|ur) number`,
  `if you (?:text|contact|message|call) (?:me )?again`,
  `sign me off`,
  `(?:buzz|fuck|piss) off`,
  `stop (?:it|this|that)(?: please| now)?$`,
];

/** Wishes only where they are all that was written. */
const whole = [
  `(?:you have |you got |u have |u got )?(?:the )?wrong`,
  `no more(?: please| pls| plz| thanks| thank you)?`,
  `(?:youre |you are |ur |u r )?(?:being )?blocked(?: now)?`,
  `this is spam`,
  `i want out`,
  `(?:please )?go away(?: please| now)?`,
  `(?:get lost|f off|no solicit(?:ing|ations?)(?: please)?)`,
].map((source) => `^${source}$`);

const spanish = [
  `no me (?:mande|manden|mandes|envie|envien|envies|escriba|escriban|escribas|moleste|molesten|contacten|texteen|llamen)`,
  `no mas (?:textos|mensajes)`,
  `(?:deje|dejen|deja|pare|paren|para) de (?:mandar|enviar|escribir|molestar|textear|contactar|llamar)`,
  `(?:quite|quiten|borre|borren|saque|saquen|elimine|eliminen)(?:me)? (?:de|mi numero)`,
  `(?:quiteme|quitenme|borreme|borrenme|saqueme|saquenme|eliminenme)`,
  `no quiero (?:mas|recibir|(?:sus |estos )?mensajes)`,
  `numero equivocado`,
  `equivoco de (?:numero|persona)`,
];

const french = [
  `(?:arretez|cessez) (?:de|les|ces)`,
  `(?:desabonner|desabonnez|desinscrire|desinscrivez|retirez moi|enlevez moi)`,
  `ne (?:mecrivez|menvoyez|me contactez|me textez) (?:plus|pas)`,
  `mauvais numero`,
];

/** Wishes to hear no more, over words closed up and in lower case. A match is a question for a person, not yet a fact. */
export const optOutWishes: readonly RegExp[] = [...english, ...spanish, ...french]
  .map((source) => `(?:^| )${source}`)
  .concat(whole)
  .map((source) => new RegExp(source, 'u'));
