import { dataSize } from '../controls/tell-amount.ts';

/** What the line's carrier takes: media types, and octets that are left. */
export type Room = { readonly types: readonly string[]; readonly octets: number };

/** A file that goes, with what was changed about it, or a sentence saying why it does not. */
export type Fitted =
  | { readonly kind: 'fits'; readonly file: Blob; readonly note: string | null }
  | { readonly kind: 'refused'; readonly problem: string };

/** Pixels on the longer side, tried one after the other: what a handset shows is rarely more than the first. */
const sides = [2_048, 1_600, 1_280, 1_024, 800, 640];
const qualities = [0.85, 0.7];

/**
 * Makes a picture fit: one that is too large, or of a type the carrier does not take, is drawn smaller and written as JPEG. What
 * the browser cannot draw goes on as it is, for the host to judge. A moving picture is not made still behind one's back.
 */
export async function fitPicture(file: Blob, room: Room): Promise<Fitted> {
  const isTaken = room.types.includes(file.type) || !file.type.startsWith('image/');
  if (isTaken && file.size <= room.octets) return { kind: 'fits', file, note: null };
  const tooLarge = `It has ${dataSize(file.size)}; there is room for ${dataSize(Math.max(0, room.octets))}.`;
  if (file.type === 'image/gif') return { kind: 'refused', problem: tooLarge };
  const picture = await decode(file);
  if (picture === null)
    return file.size <= room.octets
      ? { kind: 'fits', file, note: null }
      : { kind: 'refused', problem: tooLarge };
  try {
    const smaller = await drawSmaller(picture, room.octets);
    if (smaller === null) return { kind: 'refused', problem: tooLarge };
    return { kind: 'fits', file: smaller, note: noteOf(file, smaller) };
  } finally {
    picture.close();
  }
}

function noteOf(before: Blob, after: Blob): string {
  if (after.size >= before.size) return 'written as JPEG';
  return `made smaller, from ${dataSize(before.size)}`;
}

async function decode(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file);
  } catch {
    return null;
  }
}

async function drawSmaller(picture: ImageBitmap, octets: number): Promise<Blob | null> {
  for (const side of sides)
    for (const quality of qualities) {
      const drawn = await draw(picture, side, quality);
      if (drawn !== null && drawn.size <= octets) return drawn;
    }
  return null;
}

function draw(picture: ImageBitmap, side: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) return Promise.resolve(null);
  // JPEG knows no transparency; left alone it would turn black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}
