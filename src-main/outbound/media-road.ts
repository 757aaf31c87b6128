/** A link that was made, or a sentence that says why not. */
export type LinkOutcome =
  | { readonly kind: 'made'; readonly url: string }
  | { readonly kind: 'not-made'; readonly because: string };

/** How stored pictures get to carriers, which fetch them from an address; lent by the core. */
export type MediaRoad = {
  /** Why the carrier of a connection could not fetch anything from us; null where it can. */
  problemOf(connectionId: string): { readonly because: string; readonly cure: string } | null;
  /** Makes a link to a stored picture for one attempt over one connection; it ends by itself. Never throws. */
  link(connectionId: string, mediaId: string): Promise<LinkOutcome>;
};
