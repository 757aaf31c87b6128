import { BadgeCheck, CircleHelp, CircleX, Clock, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';

import { registrationWords } from './registration-words.ts';
import type { CarrierNumber } from './use-numbers.ts';

type Registration = CarrierNumber['registration'];
type Tone = 'good' | 'quiet' | 'warn' | 'bad';

const marks: Readonly<Record<NonNullable<Registration>['state'], readonly [LucideIcon, Tone]>> = {
  registered: [BadgeCheck, 'good'],
  pending: [Clock, 'warn'],
  unregistered: [TriangleAlert, 'warn'],
  rejected: [CircleX, 'bad'],
};

/** How far a number is registered: glyph and words, the registry's ids one click away. */
export function RegistrationCell({ registration }: { readonly registration: Registration }) {
  if (registration === null) return <RegistrationMark registration={null} />;
  const { brandId, campaignId, detail } = registration;
  if (brandId === null && campaignId === null && detail === null)
    return <RegistrationMark registration={registration} />;
  return (
    <details className="registration">
      <summary>
        <RegistrationMark registration={registration} />
      </summary>
      <dl>
        <Fact name="Brand" value={brandId} />
        <Fact name="Campaign" value={campaignId} />
        <Fact name="Carrier says" value={detail} />
      </dl>
    </details>
  );
}

/** The glyph and the words alone. */
export function RegistrationMark({ registration }: { readonly registration: Registration }) {
  const [Glyph, tone] = registration === null ? unknownMark : marks[registration.state];
  return (
    <span className={`mark tone-${tone}`}>
      <Glyph size={13} aria-hidden />
      {registrationWords(registration)}
    </span>
  );
}

const unknownMark = [CircleHelp, 'quiet'] as const;

type FactProps = { readonly name: string; readonly value: string | null };

function Fact({ name, value }: FactProps): ReactElement | null {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
