/** What words stand for when a reply is read for the wish to hear no more; a word may stand for several. */
const concepts: Record<string, string> = {
  halt: 'stop stopp stp sotp stpo stahp stawp stoped quit cease discontinue halt terminate suspend refrain end',
  not: 'dont dnt not never no nor cannot wont without none nobody aint didnt doesnt isnt wasnt havent amnot',
  dont: 'dont dnt never',
  contact:
    'text txt tex texts message mesage msg contact cntct sms write bother spam harass disturb pester bug annoy solicit hmu ping respond reply communicate',
  call: 'call email phone',
  contacting:
    'texting txting txtin textin txtng textng texing messaging msging contacting spamming bothering harassing harrassing pestering bugging hounding badgering annoying bombarding stalking soliciting messing bullying disturbing writing emailing hitting hittin blowing waking reaching trolling',
  sending: 'sending send sends sendin',
  texts:
    'text texts txts message messages msgs msg mesages sms spam notifications reminders alerts promos promotions ads ad marketing communication communications correspondence solicitations advertisements newsletters updates blasts textos mensajes',
  contacts: 'contact contacts',
  these:
    'these this those it them any anything nothing stuff crap anymore everything things shit garbage junk nonsense bs',
  me: 'me us him her them myself ourselves',
  number: 'number num phone cell line digits cellphone mobile',
  mine: 'number num phone cell name info information details contact cellphone mobile email data',
  theirs: 'your ur this these the that yalls whatever all any every',
  my: 'my our this his her the',
  again: 'again anymore ever nomore evermore further',
  rid: 'remove remov rmv removed removing delete deleted erase erased purge scrub strike drop unlist take tkae taken get pull cross scratch wipe clear unsubscribe',
  strike:
    'remove remov rmv removed delete deleted erase erased purge scrub strike drop wipe deactivate unsubscribe lose',
  list: 'list lists database system records contacts thread group chat txt messages texts mailing rotation distribution',
  off_switch: 'disable deactivate mute cancel unsubscribe suspend end off',
  want: 'want wanna wish need needing like care desire wanting',
  sick: 'sick tired fed over done enough annoyed irritated',
  when: 'before after until till between while during when unless at yet today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday til early late',
  other:
    'work husband wife mother mom dad son daughter landlord boss old office neighbor sister brother ex',
  person: 'person guy lady human family man woman individual fella dude people party recipient one',
  law: 'lawyer attorney fcc ftc bbb authorities police court ag',
  report: 'report reporting reported sue suing block blocking blocked',
  people: 'you u yall ya',
  told: 'told asked said replied texted sent wrote tell say ask asking telling typed',
};

function gather(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [concept, words] of Object.entries(concepts)) {
    for (const word of words.split(' '))
      found.set(word, (found.get(word) ?? new Set()).add(concept));
  }
  return found;
}

/** Word to what it stands for. */
export const conceptsOf: ReadonlyMap<string, ReadonlySet<string>> = gather();

/** Two words that are read as one. */
export const joined: Readonly<Record<string, string>> = {
  'do not': 'dont',
  'any more': 'anymore',
  'no longer': 'nolonger',
  'text messages': 'texts',
  'text message': 'text',
  'opted out': 'optout',
  'opt out': 'optout',
  'opting out': 'optout',
  'optting out': 'optout',
  'un subscribe': 'unsubscribe',
  'you guys': 'you',
  'you people': 'you',
  'you all': 'you',
  'did not': 'didnt',
  'is not': 'isnt',
  'am not': 'amnot',
  'im not': 'amnot',
  'does not': 'doesnt',
};
