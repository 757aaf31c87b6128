/** A stretch of text, in UTF-16 indices, the end not included. */
export type Stretch = { readonly start: number; readonly end: number };
