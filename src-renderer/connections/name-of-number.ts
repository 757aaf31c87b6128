/** What a number is called at the carrier; null where it has no name but its own digits, as many carriers have it. */
export function nameOf({
  number,
  label,
}: {
  readonly number: string;
  readonly label: string | null;
}): string | null {
  const name = label?.trim() ?? '';
  const isDigits = !/\p{L}/u.test(name) && isSameNumber(name, number);
  return name === '' || isDigits ? null : name;
}

const isSameNumber = (name: string, number: string): boolean => {
  const digits = name.replaceAll(/\D/gu, '');
  return digits !== '' && number.endsWith(digits);
};
