import { useEffect, useState } from 'react';
import type { ComponentType, ReactElement } from 'react';

import { Notice } from '../controls/Notice.tsx';

type Props<Own extends object> = {
  /** Brings the component in; the same function at every drawing. */
  readonly load: () => Promise<ComponentType<Own>>;
  readonly props: Own;
};

type Loaded<Own> = { readonly Component: ComponentType<Own> };

/**
 * A part of the screen that comes only when it is first shown, so that the start does not wait for it. Where another one may take
 * its place, both need a key: what was brought in stays for as long as it is mounted.
 */
export function OnDemand<Own extends object>({ load, props }: Props<Own>): ReactElement {
  const [loaded, setLoaded] = useState<Loaded<Own> | 'loading' | 'failed'>('loading');
  useEffect(() => {
    if (loaded !== 'loading') return undefined;
    let isCurrent = true;
    load().then(
      (Component) => (isCurrent ? setLoaded({ Component }) : undefined),
      () => (isCurrent ? setLoaded('failed') : undefined),
    );
    return () => {
      isCurrent = false;
    };
  }, [load, loaded]);
  if (loaded === 'loading') return <p className="quiet">Loading…</p>;
  if (loaded === 'failed')
    return (
      <Notice
        isPane
        title="This page could not be loaded"
        words="Trunkline may have stopped, or was updated. Try again, or reload the screen."
        onRetry={() => setLoaded('loading')}
      />
    );
  return <loaded.Component {...props} />;
}
