import { z } from 'zod';

/*
 * Imported for its effect, before any schema is made: it keeps schemas from building functions out of text, which the screen's
 * content security policy forbids and reports.
 */
z.config({ jitless: true });
