import type { Page } from '@playwright/test';

/** Milliseconds since the page was asked for. */
export type FirstTimes = { readonly paint: number; readonly row: number };

/** Opens the screen and times its first contentful paint and the first row of its list. */
export async function watchFirstRow(page: Page, url: string): Promise<FirstTimes> {
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('[aria-label="Conversations"] [role="listitem"]') === null)
        requestAnimationFrame(look);
      else
        requestAnimationFrame(
          (at) => (document.documentElement.dataset['firstRowAt'] = String(at)),
        );
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  await page.waitForFunction(() => 'firstRowAt' in document.documentElement.dataset);
  return page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    row: Number(document.documentElement.dataset['firstRowAt']),
  }));
}

/** Clicks the row of this name and times, in milliseconds, until messages of its thread are drawn. */
export function openThread(page: Page, name: string): Promise<number> {
  return page.evaluate(async (label) => {
    const row = document.querySelector<HTMLElement>(`button[data-thread][aria-label="${label}"]`);
    if (row === null) throw new Error(`there is no row ${label}`);
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const shown = () =>
      new Set(
        [...document.querySelectorAll('[role="log"] [data-entry]')].map((each) =>
          each.getAttribute('data-entry'),
        ),
      );
    const before = shown();
    const from = performance.now();
    row.click();
    while (shown().size === 0 || !shown().isDisjointFrom(before)) await nextFrame();
    return (await nextFrame()) - from;
  }, name);
}

/** Types one letter where the focus is and times, in milliseconds, until the counter under the box has changed. */
export async function typeLetter(page: Page): Promise<number> {
  await page.evaluate(() => {
    const notes = document.documentElement.dataset;
    const words = () => document.querySelector('[aria-label="Segments"]')?.textContent;
    const before = words();
    delete notes['keyMs'];
    const watch = (from: number): void => {
      const look = (): void => {
        if (words() === before) requestAnimationFrame(look);
        else requestAnimationFrame(() => (notes['keyMs'] = String(performance.now() - from)));
      };
      requestAnimationFrame(look);
    };
    const hear = (): void => watch(performance.now());
    window.addEventListener('keydown', hear, { once: true, capture: true });
  });
  await page.keyboard.press('x');
  await page.waitForFunction(() => 'keyMs' in document.documentElement.dataset);
  return page.evaluate(() => Number(document.documentElement.dataset['keyMs']));
}
