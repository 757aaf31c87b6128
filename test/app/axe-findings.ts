import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a part of the page as it is now, in words. The page's own policy must be bypassed for it. */
export async function findings(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(
    (selector) =>
      (globalThis as unknown as { axe: { run(part: string): Promise<AxeResults> } }).axe.run(
        selector,
      ),
    part,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}
