/** Where the focus can be sent; the element says so in `data-focus`. */
export type FocusPlace = 'search' | 'composer' | 'to';

/** Puts the focus on a place, where it is on the screen. */
export function focusOn(place: FocusPlace): void {
  document.querySelector<HTMLElement>(`[data-focus="${place}"]`)?.focus();
}

/** The same after what was just asked for has been drawn. */
export function focusSoon(place: FocusPlace): void {
  requestAnimationFrame(() => focusOn(place));
}

/** Moves the focus to the next pane in the order of the page, or the previous one; panes say so in `data-pane-stop`. */
export function focusNextPane(steps: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane-stop]')].filter(isShown);
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes.at((here + steps + panes.length) % panes.length);
  const target = next?.matches('[tabindex]') ? next : next?.querySelector<HTMLElement>(focusable);
  target?.focus();
}

const focusable =
  'textarea, input:not([disabled]), button[tabindex="0"], button:not([disabled]):not([tabindex="-1"]), [tabindex="0"]';

const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0;
