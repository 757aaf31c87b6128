import { crc32, deflateSync } from 'node:zlib';

import { fractionOf } from './seeded-chance.ts';

const width = 240;
const height = 160;
type Colour = readonly [red: number, green: number, blue: number];

/** A small landscape as a PNG file; the same name always draws the same one. */
export function drawPicture(name: string): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(paint(name))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Rows of RGB, each behind its filter byte (0: none). */
function paint(name: string): Buffer {
  const sunAt = 40 + 160 * fractionOf(name, 'sun');
  const hill = 20 + 30 * fractionOf(name, 'hill');
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const top = height - 50 - hill * Math.sin((x / width) * Math.PI);
      rows.set(colourAt({ x, y }, { sunAt, top }), y * (1 + width * 3) + 1 + x * 3);
    }
  }
  return rows;
}

function colourAt(
  { x, y }: { readonly x: number; readonly y: number },
  { sunAt, top }: { readonly sunAt: number; readonly top: number },
): Colour {
  if (y > top) return [60, 120 + Math.round((y - top) / 2), 70];
  if (Math.hypot(x - sunAt, y - 40) < 18) return [255, 214, 90];
  return [120 + Math.round(y / 2), 180 + Math.round(y / 4), 240];
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.byteLength);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
