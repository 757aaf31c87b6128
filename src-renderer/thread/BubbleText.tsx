import type { ReactElement } from 'react';

import { inDigits } from '../controls/tell-amount.ts';
import { linkify } from './linkify.ts';
import type { Piece } from './linkify.ts';
import { longestShown } from './longest-shown.ts';

type Props = {
  readonly text: string;
  readonly isExpanded: boolean;
  readonly onExpand: () => void;
};

/** The words of a message: text and links, never markup, in their own direction. */
export function BubbleText({ text, isExpanded, onExpand }: Props): ReactElement {
  const isCut = text.length > longestShown && !isExpanded;
  const shown = isCut ? `${wholeCharacters(text.slice(0, longestShown))}…` : text;
  return (
    <div className="bubble">
      <div className="words" dir="auto">
        {linkify(shown).map((piece, at) => (
          <PieceView key={at} piece={piece} />
        ))}
      </div>
      {isCut ? (
        <button type="button" className="show-all" onClick={onExpand}>
          Show all {inDigits(text.length)} characters
        </button>
      ) : null}
    </div>
  );
}

/** Drops half of a surrogate pair from the end. */
const wholeCharacters = (text: string): string => text.replace(/[\ud800-\udbff]$/u, '');

function PieceView({ piece }: { readonly piece: Piece }): ReactElement | string {
  if (piece.kind === 'words') return piece.text;
  return (
    <>
      <a
        href={piece.href}
        target="_blank"
        rel="noopener noreferrer"
        title={`Opens ${piece.host}`}
        dir="ltr"
      >
        {piece.shown}
      </a>
      {piece.disguised ? <span className="true-host"> (leads to {piece.host})</span> : null}
    </>
  );
}
