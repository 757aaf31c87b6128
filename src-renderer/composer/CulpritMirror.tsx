import { memo } from 'react';
import type { ReactElement } from 'react';

import type { TextAnalysis } from '#shared/text/analyze-text.ts';

import { markedStretches } from './segment-words.ts';

type Props = { readonly text: string; readonly culprits: TextAnalysis['culprits'] };

/**
 * The text once more behind the box it is written in, unseen but for the lines under what makes it Unicode. It also gives the
 * box its height: the last line needs a character to be counted.
 */
export const CulpritMirror = memo(function CulpritMirror({ text, culprits }: Props): ReactElement {
  return (
    <div className="mirror" aria-hidden>
      {markedStretches(text, culprits).map((stretch, at) =>
        stretch.culprit ? <u key={at}>{stretch.text}</u> : <span key={at}>{stretch.text}</span>,
      )}
      {'\u200b'}
    </div>
  );
});
