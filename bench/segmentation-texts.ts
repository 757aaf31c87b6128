type Kind = { readonly name: string; readonly length: number; readonly words: string };

const kinds: readonly Kind[] = [
  {
    name: 'short GSM-7',
    length: 80,
    words: 'Your appointment is on Tuesday at 3pm. Reply C to confirm or call us. ',
  },
  { name: 'GSM-7, 1,000', length: 1000, words: 'The quick brown fox jumps over the lazy dog. ' },
  { name: 'GSM-7, 1,600', length: 1600, words: 'The quick brown fox jumps over the lazy dog. ' },
  { name: 'escapes', length: 320, words: 'Total [net]: €12 | code {A~7} ^ path C:\\new. ' },
  { name: 'short UCS-2', length: 60, words: 'Здравствуйте, ваш заказ готов. Ждём вас до восьми. ' },
  { name: 'UCS-2, 1,200', length: 1200, words: 'Здравствуйте, ваш заказ готов. Ждём вас. ' },
  { name: 'emoji', length: 150, words: '👍🏽🎉 👨‍👩‍👧 😀🇩🇪 ❤️ ' },
  {
    name: 'mixed',
    length: 300,
    words: 'Hi José, 👋 order #1234 is “ready” – see https://ex.am/ple for more. ',
  },
];

const curly: Kind = {
  name: 'one curly quote',
  length: 150,
  words: 'Please confirm: your visit is tomorrow at ten, reply YES if it suits. ',
};

/** The same text in one block of memory, as text that was typed or read is, not as it was glued. */
const flat = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

const vary = ({ name, length, words }: Kind, start = '') => ({
  name,
  texts: Array.from({ length: 64 }, (_, i) => {
    const text = `${i} ${start}${words.repeat(Math.ceil(length / words.length))}`;
    return flat(text.slice(0, length).toWellFormed());
  }),
});

/** Text classes people send: a sentence, repeated to its length and varied at the start. */
export const textClasses = [...kinds.map((kind) => vary(kind)), vary(curly, 'Don’t forget. ')];

const handWritten: readonly string[] = [
  ' ',
  '@',
  '\0',
  '\f',
  '\t',
  '\u001B',
  '`',
  'ç',
  'Ç',
  'á',
  'e\u0301',
  '\u2126',
  '\r\n',
  `${'a'.repeat(159)}\r\n`,
  `${'\r\n'.repeat(80)}`,
  '€'.repeat(153),
  '😀'.repeat(67),
  `${'a'.repeat(152)}€${'b'.repeat(152)}€`,
  '👨‍👩‍👧‍👦'.repeat(12),
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿'.repeat(8),
  `a${'\u0301'.repeat(200)}`,
  `👩${'\u200D👩'.repeat(60)}`,
  '🇩🇪'.repeat(40),
  '1\uFE0F\u20E3'.repeat(50),
  'ก็็็็็็็็็็'.repeat(12),
  '\uD83D',
  '\uDE00',
  `${'\uD83D'.repeat(70)}a`,
  `${'я'.repeat(66)}\uD83D\uD83D\uDE00я`,
  `${'я'.repeat(66)}\uD83Dяяяя`,
  `${'я'.repeat(66)}\uDE00яяяя`,
];

const lengths = [
  1, 2, 34, 35, 36, 66, 67, 68, 70, 71, 76, 77, 80, 81, 133, 134, 135, 152, 153, 154,
];
const longer = [159, 160, 161, 201, 202, 304, 305, 306, 307, 459, 460, 612, 1000, 1599, 1600];

const boundaryTexts = (): string[] => {
  const repeated = ['a', '€', 'я', '😀', '中'].flatMap((character) =>
    [...lengths, ...longer].map((length) => character.repeat(length)),
  );
  const sliding = (pair: string, filler: string, around: readonly number[]) =>
    around.flatMap((at) =>
      [-2, -1, 0, 1].map((by) => filler.repeat(at + by) + pair + filler.repeat(at)),
    );
  return [
    ...repeated,
    ...sliding('€', 'a', [152, 153, 160, 305, 306]),
    ...sliding('😀', 'я', [66, 67, 70, 133, 134]),
    ...sliding('’', 'a', [35, 67, 80, 153]),
  ];
};

/** Numbers from 0 to below 1, the same at every run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pools: Readonly<Record<string, readonly string[]>> = {
  'random GSM-7': ['a', 'b', ' ', 'é', 'Δ', '\n', '\r', '\r\n', '€', '{', '|', '\f', '\\'],
  'random UCS-2': ['я', 'a', ' ', '’', '中', 'é', '\n', '€', '`', 'ü', '\t'],
  'random emoji': ['😀', '👍🏽', '👨‍👩‍👧', '🇩🇪', '❤️', 'a', ' ', 'я', '1\uFE0F\u20E3', 'e\u0301', '🧑🏿‍🚀'],
  'lone surrogates': ['\uD83D', '\uDE00', '\uDBFF', '\uDC00', '😀', 'a', 'я', ' '],
};

function randomTexts(pool: readonly string[], seed: number): string[] {
  const next = chance(seed);
  return Array.from({ length: 300 }, () => {
    const pieces = Math.floor(1 + next() * (next() < 0.2 ? 500 : 170));
    return Array.from({ length: pieces }, () => pool[Math.floor(next() * pool.length)]).join('');
  });
}

/** Texts to compare answers on, by what they try. None is empty: there the peers count one part. */
export const trialTexts = (): ReadonlyMap<string, readonly string[]> =>
  new Map([
    ['hand-written', handWritten],
    ['boundaries', boundaryTexts()],
    ...Object.entries(pools).map(
      ([name, pool], seed) => [name, randomTexts(pool, seed + 1)] as const,
    ),
  ]);
