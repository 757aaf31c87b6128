import { z } from 'zod';

/**
 * Makes every schema parse without building functions from text, which the screen's content security policy forbids and
 * reports. To be called before the first parse.
 */
export function parseWithoutEval(): void {
  z.config({ jitless: true });
}
