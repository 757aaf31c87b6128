import { config } from 'zod';

/**
 * Keeps zod from compiling its checks with `Function`, which a page's policy forbids: trying alone counts as a violation. A page
 * imports this before anything that states a schema.
 */
config({ jitless: true });
