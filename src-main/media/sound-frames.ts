import { latin1 } from './byte-pattern.ts';

type MpegVersion = {
  /** Kilobits a second of layer III, by index. */
  readonly bitrates: readonly number[];
  /** Samples a second, by index. */
  readonly sampleRates: readonly number[];
  /** A frame's octets are this × kilobits ÷ samples a second. */
  readonly factor: number;
};

const lowBitrates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/* ISO 11172-3 and 13818-3, by the two version bits: 2.5, reserved, 2, 1. */
const versions: readonly (MpegVersion | null)[] = [
  { bitrates: lowBitrates, sampleRates: [11_025, 12_000, 8_000], factor: 72_000 },
  null,
  { bitrates: lowBitrates, sampleRates: [22_050, 24_000, 16_000], factor: 72_000 },
  {
    bitrates: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    sampleRates: [44_100, 48_000, 32_000],
    factor: 144_000,
  },
];

/**
 * MP3: an ID3 tag, or a frame header of layer III with another where it says it ends. Two, because the sync bits alone occur
 * by chance.
 */
export function startsAsMp3(bytes: Uint8Array): boolean {
  const [, , , tagVersion = 0] = bytes;
  if (latin1(bytes, 0, 3) === 'ID3' && tagVersion >= 2 && tagVersion <= 4) return true;
  const length = mp3FrameLength(bytes, 0);
  return length > 0 && mp3FrameLength(bytes, length) > 0;
}

/** Octets of the frame that begins here; 0 where none does. */
function mp3FrameLength(bytes: Uint8Array, at: number): number {
  const [sync, kind = 0, rates = 0] = bytes.subarray(at, at + 3);
  const isLayer3 = sync === 0xff && (kind & 0xe6) === 0xe2;
  const version = isLayer3 ? versions[(kind >> 3) & 3] : null;
  const bitrate = version?.bitrates[rates >> 4];
  const sampleRate = version?.sampleRates[(rates >> 2) & 3];
  if (!version || !bitrate || sampleRate === undefined) return 0;
  return Math.floor((version.factor * bitrate) / sampleRate) + ((rates >> 1) & 1);
}

/** AAC in an ADTS stream (ISO 13818-7): a frame header with another where it says it ends. */
export function startsAsAac(bytes: Uint8Array): boolean {
  const length = aacFrameLength(bytes, 0);
  return length > 0 && aacFrameLength(bytes, length) > 0;
}

function aacFrameLength(bytes: Uint8Array, at: number): number {
  const [sync = 0, kind = 0, rate = 0, high = 0, middle = 0, low = 0] = bytes.subarray(at, at + 6);
  const isAdts = sync === 0xff && (kind & 0xf6) === 0xf0;
  if (!isAdts || ((rate >> 2) & 15) > 12) return 0;
  const length = ((high & 3) << 11) | (middle << 3) | (low >> 5);
  return length >= 7 ? length : 0;
}
