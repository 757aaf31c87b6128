import { Component } from 'react';
import type { ReactNode } from 'react';

import { Standstill } from './Barrier.tsx';

type Props = { readonly children: ReactNode };
type State = { readonly hasCrashed: boolean };

/** Shows a way on where drawing the screen failed, instead of nothing. The browser's console has the error itself. */
export class CrashNet extends Component<Props, State> {
  override state: State = { hasCrashed: false };

  static getDerivedStateFromError(): State {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <Standstill
        title="The screen met an error"
        words="Nothing is lost: drafts and messages are kept by the program behind it. Reload to go on."
        reload
      />
    );
  }
}
