/** The channels between a page's preload and this host. A page can reach none of them by name. */
export const channels = {
  /** Page to host: a fresh page asks for a wire. */
  open: 'trunkline:open',
  /** Host to page: the wire is there; frames before this belong to the page that was here before. */
  opened: 'trunkline:opened',
  /** Either way: one frame. */
  frame: 'trunkline:frame',
  /** Host to page: the wire is closed. */
  close: 'trunkline:close',
} as const;
