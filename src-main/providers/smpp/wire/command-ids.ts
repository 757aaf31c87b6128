/** Every command this client sends, answers or refuses by name (SMPP 3.4 §5.1.2.1). */
export const commandIds = {
  bindReceiver: 0x01,
  bindTransmitter: 0x02,
  submitSm: 0x04,
  deliverSm: 0x05,
  unbind: 0x06,
  bindTransceiver: 0x09,
  enquireLink: 0x15,
  alertNotification: 0x102,
  dataSm: 0x103,
  genericNack: 0x8000_0000,
} as const;

/** The id of the answer to a command. */
export const answerTo = (commandId: number): number => (commandId | 0x8000_0000) >>> 0;

export const isAnswer = (commandId: number): boolean => commandId >= 0x8000_0000;
