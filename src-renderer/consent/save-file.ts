/** A file that is made here. */
export type MadeFile = { readonly name: string; readonly type: string; readonly text: string };

/** Offers a file to be saved. */
export function saveFile({ name, type, text }: MadeFile): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser takes what it needs of it at once.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
