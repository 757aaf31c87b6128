import { useEffect, useState } from 'react';

import { dayStart } from './tell-time.ts';

/** The midnight that began today; changes when the next day begins, also after a sleep over midnight. */
export function useToday(): number {
  const [today, setToday] = useState(() => dayStart(Date.now()));
  useEffect(() => {
    const look = (): void => setToday(dayStart(Date.now()));
    const tomorrow = new Date(today).setDate(new Date(today).getDate() + 1);
    const timer = setTimeout(look, Math.max(1_000, tomorrow - Date.now()));
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [today]);
  return today;
}
