/** Pictures that are to go along, and what the line's carrier takes. Sizes in octets. */
export type MediaFacts = {
  readonly files: readonly { readonly type: string; readonly size: number }[];
  readonly rules: MediaRules;
};

export type MediaRules = {
  /** Of all files and the text together. */
  readonly maxTotalOctets: number;
  readonly maxCount: number;
  readonly types: readonly string[];
  /** Why nothing may be attached; null where something may. */
  readonly problem: MediaProblem | null;
};

export type MediaProblem = { readonly because: string; readonly cure: string };

/** What stands in the way of sending these pictures with this text; null where nothing does. */
export function judgeMedia({ files, rules }: MediaFacts, text: string): MediaProblem | null {
  if (files.length === 0) return null;
  if (rules.problem !== null) return rules.problem;
  return (
    judgeCount(files.length, rules) ?? judgeTypes(files, rules) ?? judgeSize(files, rules, text)
  );
}

function judgeCount(count: number, { maxCount }: MediaRules): MediaProblem | null {
  if (count <= maxCount) return null;
  return {
    because: `${count} pictures are attached; the carrier takes ${maxCount} with one text.`,
    cure: 'Send the others with another text.',
  };
}

function judgeTypes(files: MediaFacts['files'], { types }: MediaRules): MediaProblem | null {
  const other = files.find(({ type }) => !types.includes(type));
  if (other === undefined) return null;
  const taken = types.filter((type) => type.startsWith('image/')).map(nameOfType);
  return {
    because: `The carrier does not take ${nameOfType(other.type)}, only ${taken.join(', ')}.`,
    cure: 'Save the picture as one of these and attach that.',
  };
}

/** `JPEG` of `image/jpeg`. */
export function nameOfType(type: string): string {
  return type.slice(type.indexOf('/') + 1).toUpperCase();
}

function judgeSize(
  files: MediaFacts['files'],
  { maxTotalOctets }: MediaRules,
  text: string,
): MediaProblem | null {
  const octets = files.reduce((sum, { size }) => sum + size, textOctets(text));
  if (octets <= maxTotalOctets) return null;
  return {
    because: `The pictures and the text come to ${inKilobytes(octets)}; the carrier takes ${inKilobytes(maxTotalOctets)}.`,
    cure: 'Make the pictures smaller, or send fewer.',
  };
}

/** At most: a UTF-16 unit is never more than three octets. */
const textOctets = (text: string): number => 3 * text.length;

/** Octets in thousands, as carriers state their limits. */
const inKilobytes = (octets: number): string =>
  `${Math.ceil(octets / 1_000).toLocaleString('en-US')} kB`;
