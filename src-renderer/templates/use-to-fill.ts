import { useMemo } from 'react';
import { useStore } from 'zustand';

import { fieldNames } from '#shared/template/read-fields.ts';

import { useScreen } from '../screen/screen-context.ts';

/** Says which field of a template still stands in a text as it is; null where none does. Braces of other meaning are left alone. */
export function useToFill(text: string): string | null {
  const all = useStore(useScreen().templates, (known) => known.all);
  return useMemo(() => {
    const known = new Set((all ?? []).flatMap((template) => fieldNames(template.text)));
    const left = fieldNames(text).find((name) => known.has(name));
    return left === undefined ? null : `Fill in {${left}} first`;
  }, [all, text]);
}
