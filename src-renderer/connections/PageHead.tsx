import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactElement, ReactNode } from 'react';

import { useScreen } from '../screen/screen-context.ts';
import { closePane, openConnections } from '../store/go-to.ts';
import type { ConnectionsPlace } from '../store/place-store.ts';
import { BackButton } from '../thread/ThreadHeader.tsx';

type Props = {
  readonly title: string;
  readonly about: string;
  /** The page this one was reached from, and its name. */
  readonly above?: { readonly at: ConnectionsPlace; readonly name: string };
  readonly children?: ReactNode;
};

/** What a page is about, the way back, and what can be done to the whole of it. It takes the focus as the page opens. */
export function PageHead({ title, about, above, children }: Props): ReactElement {
  const screen = useScreen();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <header className="top">
      {above === undefined ? (
        <BackButton onBack={() => closePane(screen)} />
      ) : (
        <button
          type="button"
          className="icon-button"
          aria-label={`Back: ${above.name}`}
          onClick={() => void openConnections(screen, above.at)}
        >
          <ArrowLeft size={16} aria-hidden />
        </button>
      )}
      <div className="who">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <div className="who-more">{about}</div>
      </div>
      {children}
      <button type="button" className="ghost" onClick={() => closePane(screen)}>
        Close
      </button>
    </header>
  );
}
