import { WrongSetting } from './wrong-setting.ts';

/** `200, 202` or `2xx`. @throws {WrongSetting} */
export function readStatuses(field: string, written: string): (status: number) => boolean {
  const parts = written.split(',').map((part) => part.trim().toLowerCase());
  if (parts.some((part) => !/^[1-5](?:\d\d|xx)$/.test(part)))
    throw new WrongSetting(
      field,
      'must be statuses with commas between them, such as 200, 202 or 2xx',
    );
  return (status) =>
    parts.some((part) => part === String(status) || part === `${Math.floor(status / 100)}xx`);
}
