/** Is this North American number toll-free, by its area code? Takes any way of writing it. */
export function isTollFree(number: string): boolean {
  return /^1?8(00|33|44|55|66|77|88)\d{7}$/.test(number.replaceAll(/\D/g, ''));
}
