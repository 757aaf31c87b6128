import { useEffect } from 'react';

/** Says in the window's title how many conversations are unread. */
export function useTitle(unread: number): void {
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Trunkline` : 'Trunkline';
  }, [unread]);
}
