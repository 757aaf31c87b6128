import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';

type Props = {
  readonly title: string;
  /** Open as it is first drawn; afterwards only the person opens and closes it. */
  readonly startsOpen: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** What few people need, one click away. */
export function Disclosure({ title, startsOpen, className, children }: Props): ReactElement {
  const [isOpen, setOpen] = useState(startsOpen);
  return (
    <details
      className={className ?? 'disclosure'}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{title}</summary>
      {children}
    </details>
  );
}
