declare module 'split-sms' {
  type Part = { readonly content: string; readonly length: number; readonly bytes: number };
  const splitter: {
    split(message: string): { readonly characterSet: 'GSM' | 'Unicode'; readonly parts: Part[] };
  };
  export default splitter;
}
