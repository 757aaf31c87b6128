import type { ReactElement } from 'react';

import type { CredentialField } from '#shared/provider/capabilities.ts';

import { Disclosure } from '../../controls/Disclosure.tsx';
import { CredentialFields, isForRotation, missingFields } from '../CredentialFields.tsx';
import { ApiAddress } from './ApiAddress.tsx';
import type { Entered } from './connecting-store.ts';
import { hasAddress } from './is-complete.ts';
import type { Entering } from './use-entered.ts';

type Props = Entering & {
  /** The person wanted to go on, so that what is missing is said. */
  readonly wasAsked: boolean;
};

const noneMissing: ReadonlySet<string> = new Set();

/** What the carrier knows the account by, and out of the way what few people need. */
export function AccountFields({ carrier, entered, change, wasAsked }: Props): ReactElement {
  const { credentials: fields, needsAddress = false } = carrier.capabilities;
  const { credentials, baseUrl } = entered;
  const edit = (edited: Partial<Entered>): void =>
    change({ ...edited, trial: { kind: 'untried' } });
  const writing = {
    values: credentials,
    missing: wasAsked ? missingFields(fields, credentials) : noneMissing,
    onType: (name: string, value: string) =>
      edit({ credentials: { ...credentials, [name]: value } }),
  };
  const address = (
    <ApiAddress
      value={baseUrl}
      isNeeded={needsAddress}
      isMissing={wasAsked && !hasAddress(entered, carrier)}
      onType={(typed) => edit({ baseUrl: typed })}
    />
  );
  const { plain, further, rotated } = sorted(fields);
  return (
    <>
      {needsAddress ? address : null}
      <CredentialFields {...writing} fields={plain} />
      {further.length === 0 ? null : (
        <Disclosure title="More settings" startsOpen={isAnyWritten(further, credentials)}>
          <CredentialFields {...writing} fields={further} />
        </Disclosure>
      )}
      {needsAddress && rotated.length === 0 ? null : (
        <Disclosure title="Advanced" startsOpen={!needsAddress && baseUrl !== ''}>
          {needsAddress ? null : address}
          <CredentialFields {...writing} fields={rotated} />
        </Disclosure>
      )}
    </>
  );
}

/** Optional fields shown at once; where there are more, they are one click away. */
const mostShown = 4;

/** The fields of a carrier by how many people need them. */
function sorted(fields: readonly CredentialField[]) {
  const rotated = fields.filter(isForRotation);
  const lasting = fields.filter((field) => !isForRotation(field));
  const optional = lasting.filter((field) => field.optional);
  const further = optional.length > mostShown ? optional : [];
  return { plain: lasting.filter((field) => !further.includes(field)), further, rotated };
}

const isAnyWritten = (
  fields: readonly CredentialField[],
  written: Readonly<Record<string, string>>,
): boolean => fields.some(({ name }) => (written[name] ?? '') !== '');
