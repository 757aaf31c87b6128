/** The colours of lines, each with the name people and screen readers get. */
export const lineColours = [
  { name: 'Blue', colour: '#3b7dd8' },
  { name: 'Copper', colour: '#b4652a' },
  { name: 'Violet', colour: '#7a57b8' },
  { name: 'Green', colour: '#2f8f5b' },
  { name: 'Raspberry', colour: '#b03a6f' },
  { name: 'Olive', colour: '#8a7a1f' },
  { name: 'Teal', colour: '#3a8fa3' },
  { name: 'Brick', colour: '#a34b3a' },
] as const;
