const samplesPerSecond = 8_000;
const bytesPerSample = 2;
const headerBytes = 44;

/** How long the voicemail sound lasts, in seconds. */
export const voicemailSeconds = 3;

/** A voicemail as a WAV file: a calm tune of four notes, 16-bit mono at 8 kHz. */
export function makeSound(): Uint8Array {
  const samples = voicemailSeconds * samplesPerSecond;
  const file = Buffer.alloc(headerBytes + samples * bytesPerSample);
  writeHeader(file, samples * bytesPerSample);
  for (let index = 0; index < samples; index += 1) {
    const sample = Math.round(9_000 * loudnessAt(index));
    file.writeInt16LE(sample, headerBytes + index * bytesPerSample);
  }
  return file;
}

/** Hertz. */
const notes = [440, 523.25, 659.25, 523.25] as const;
const samplesPerNote = (voicemailSeconds * samplesPerSecond) / notes.length;

function loudnessAt(index: number): number {
  const note = notes[Math.floor(index / samplesPerNote)] ?? notes[0];
  const fading = 1 - (index % samplesPerNote) / samplesPerNote;
  return fading * Math.sin((2 * Math.PI * note * index) / samplesPerSecond);
}

function writeHeader(file: Buffer, dataBytes: number): void {
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(samplesPerSecond, 24);
  file.writeUInt32LE(samplesPerSecond * bytesPerSample, 28);
  file.writeUInt16LE(bytesPerSample, 32);
  file.writeUInt16LE(bytesPerSample * 8, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataBytes, 40);
}
