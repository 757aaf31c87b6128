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

/** Clicks the row of a thread and times, in milliseconds, until messages of it are drawn. */
export function openThread(page: Page, threadId: number): Promise<number> {
  return page.evaluate(async (id) => {
    const row = document.querySelector<HTMLElement>(`[data-thread="${id}"]`);
    if (row === null) throw new Error(`there is no row of thread ${id}`);
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const shown = () =>
      [...document.querySelectorAll('[role="log"] [data-entry]')].map((each) =>
        each.getAttribute('data-entry'),
      );
    const before = shown();
    const from = performance.now();
    row.click();
    const isNew = () => shown().length > 0 && shown().every((entry) => !before.includes(entry));
    while (!isNew()) await nextFrame();
    return (await nextFrame()) - from;
  }, threadId);
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
