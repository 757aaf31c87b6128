import { CircleHelp, CornerDownRight, House } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { hookStanding, hookStandingWords } from './hook-standing.ts';
import type { HookStanding } from './hook-standing.ts';
import type { CarrierNumber } from './use-numbers.ts';

type Props = { readonly number: CarrierNumber; readonly connection: ConnectionView };

const glyphs: Readonly<Record<HookStanding, LucideIcon>> = {
  here: House,
  elsewhere: CornerDownRight,
  unknown: CircleHelp,
};
const tones = { here: 'good', elsewhere: 'warn', unknown: 'quiet' } as const;

/** Where a number's texts go now. */
export function HookCell({ number, connection }: Props): ReactElement {
  if (connection.inboundRoad === 'session') return <>By the session</>;
  const standing = hookStanding(number, connection);
  const Glyph = glyphs[standing];
  return (
    <>
      <span className={`mark tone-${tones[standing]}`} title={number.hookUrl ?? undefined}>
        <Glyph size={13} aria-hidden />
        {hookStandingWords[standing]}
      </span>
      {standing === 'elsewhere' && number.hookUrl !== null ? (
        <small className="elsewhere">{placeOf(number.hookUrl)}</small>
      ) : null}
    </>
  );
}

/** Whose address it is. */
const placeOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
