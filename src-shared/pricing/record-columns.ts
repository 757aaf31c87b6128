/** Which column of a carrier's record file says what, by its place from 0 on; null where none does. */
export type RecordColumns = {
  readonly id: number;
  readonly segments: number | null;
  readonly price: number | null;
  readonly fee: number | null;
  readonly currency: number | null;
};
export type RecordField = keyof RecordColumns;
export const recordFields = ['id', 'segments', 'price', 'fee', 'currency'] as const;

/** Names that carriers give the columns, without what is neither letter nor digit; the first that is there is taken. */
const usualNames: Readonly<Record<RecordField, readonly string[]>> = {
  id: [
    'sid',
    'messagesid',
    'messageid',
    'messageuuid',
    'providermessageid',
    'carrierid',
    'mdrid',
    'recordid',
    'uuid',
    'id',
  ],
  segments: [
    'numsegments',
    'segments',
    'segmentcount',
    'numberofsegments',
    'billedsegments',
    'totalsegments',
    'parts',
    'numparts',
    'smscount',
    'units',
  ],
  price: [
    'price',
    'cost',
    'totalcost',
    'totalprice',
    'totalamount',
    'amountdisplay',
    'amount',
    'charge',
    'messageprice',
  ],
  fee: [
    'carrierfee',
    'carrierfees',
    'surcharge',
    'carriersurcharge',
    'totalcarrierfees',
    'passthroughfee',
    'fee',
  ],
  currency: ['priceunit', 'currency', 'billingcurrency', 'costcurrency'],
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');

/** The names a person gave for some of the columns. */
export type NamedColumns = Partial<Readonly<Record<RecordField, string>>>;

/**
 * Finds the columns by their names, those that a person named first.
 * @returns what is missing as a sentence, where the file cannot be used
 */
export function findColumns(
  names: readonly string[],
  named: NamedColumns = {},
): RecordColumns | string {
  const plainNames = names.map(plain);
  const place = (field: RecordField): number | null => {
    const wanted = named[field] === undefined ? usualNames[field] : [plain(named[field])];
    const found = wanted.find((name) => plainNames.includes(name));
    return found === undefined ? null : plainNames.indexOf(found);
  };
  const unfound = recordFields.find((field) => named[field] !== undefined && place(field) === null);
  if (unfound !== undefined)
    return `There is no column “${named[unfound] ?? ''}”: the columns are ${names.join(', ')}.`;
  const [id, segments, price] = [place('id'), place('segments'), place('price')];
  if (id === null)
    return `No column is known to hold the carrier’s id of a message: the columns are ${names.join(', ')}.`;
  if (segments === null && price === null)
    return `No column is known to hold segments or a price: the columns are ${names.join(', ')}.`;
  return { id, segments, price, fee: place('fee'), currency: place('currency') };
}
