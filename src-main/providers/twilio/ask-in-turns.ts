import type { Asked } from '#shared/provider/carrier-lists.ts';

/** How many questions are under way at once. */
const atOnce = 5;

/** Asks the same of every item, a few at a time, and gives the answers in the items' order; nothing where one is missing. */
export async function askInTurns<Item, Answer>(
  items: readonly Item[],
  askOne: (item: Item) => Promise<Asked<Answer>>,
): Promise<Asked<readonly Answer[]>> {
  const answers: Answer[] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    const turn = await Promise.all(items.slice(at, at + atOnce).map(askOne));
    for (const asked of turn) {
      if (asked.kind === 'not-told') return asked;
      answers.push(asked.answer);
    }
  }
  return { kind: 'told', answer: answers };
}
