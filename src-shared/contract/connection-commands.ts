import { z } from 'zod';

import { connectionIdSchema, lineIdSchema, lineSchema } from '../message/line.ts';
import { capabilitiesSchema } from '../provider/capabilities.ts';
import {
  carrierNumberSchema,
  connectionSchema,
  connectionTestSchema,
  hookOutcomeSchema,
  hookShape,
  newConnectionSchema,
  numberOfferSchema,
  presetSchema,
  syncSchema,
  verifyStepSchema,
} from './connection-shapes.ts';

const done = z.object({});

/** The part of the contract that is about carriers, connections and numbers. */
export const connectionCommands = {
  /** Every carrier that can be connected, with what it can do and what it needs to know. */
  'providers.list': {
    input: z.strictObject({}),
    output: z.object({
      providers: z.array(z.object({ id: z.string(), capabilities: capabilitiesSchema })),
      presets: z.array(presetSchema),
    }),
  },
  'connections.list': {
    input: z.strictObject({}),
    output: z.object({ connections: z.array(connectionSchema) }),
  },
  /** Tries credentials without keeping them; costs nothing and sends nothing. */
  'connection.test': {
    input: newConnectionSchema.pick({ provider: true, baseUrl: true, credentials: true }),
    output: connectionTestSchema,
  },
  'connection.add': {
    input: newConnectionSchema,
    output: z.object({ connection: connectionSchema }),
  },
  /** Changes what is given. New credentials take the place of those of the same name, empty ones are forgotten; the others stay. */
  'connection.change': {
    input: z.strictObject({
      connectionId: connectionIdSchema,
      label: z.string().trim().min(1).max(60).optional(),
      publicUrl: newConnectionSchema.shape.publicUrl.optional(),
      disabled: z.boolean().optional(),
      credentials: newConnectionSchema.shape.credentials.optional(),
    }),
    output: z.object({ connection: connectionSchema }),
  },
  /** Forgets the credentials and stops using the connection. Its conversations stay. */
  'connection.remove': {
    input: z.strictObject({ connectionId: connectionIdSchema }),
    output: done,
  },
  /**
   * Finds out what a connection can truly do: its credentials, what its server says it takes, and, where asked for, a text from
   * one of its lines to itself, which costs what a text costs. May take 45 s.
   */
  'connection.verify': {
    input: z.strictObject({ connectionId: connectionIdSchema, textToSelf: z.boolean() }),
    output: z.object({ steps: z.array(verifyStepSchema) }),
  },
  'connection.numbers': {
    input: z.strictObject({ connectionId: connectionIdSchema }),
    output: z.object({ numbers: z.array(carrierNumberSchema) }),
  },
  /** Points these numbers' hooks at us; each has its own outcome. */
  'connection.write-hooks': {
    input: z.strictObject({
      connectionId: connectionIdSchema,
      numbers: z.array(z.string().max(32)).max(1_000),
    }),
    output: z.object({ outcomes: z.array(hookOutcomeSchema), hooks: z.array(hookShape) }),
  },
  'numbers.search': {
    input: z.strictObject({
      connectionId: connectionIdSchema,
      areaCode: z
        .string()
        .regex(/^\d{3,7}$/)
        .nullable(),
      tollFree: z.boolean(),
    }),
    output: z.object({ offers: z.array(numberOfferSchema) }),
  },
  /** Buys a number at the price the person confirmed, and makes it a line. It costs money. */
  'numbers.buy': {
    input: z.strictObject({
      connectionId: connectionIdSchema,
      offer: numberOfferSchema,
      label: z.string().trim().min(1).max(60),
    }),
    output: z.object({ line: lineSchema }),
  },
  /** Makes a number of a connection a line. */
  'line.add': {
    input: z.strictObject({
      connectionId: connectionIdSchema,
      number: z.string().max(32),
      label: z.string().trim().min(1).max(60),
      numberType: lineSchema.shape.numberType,
    }),
    output: z.object({ line: lineSchema }),
  },
  'line.change': {
    input: z.strictObject({
      lineId: lineIdSchema,
      label: z.string().trim().min(1).max(60),
      colour: z.string().regex(/^#[0-9a-f]{6}$/),
    }),
    output: z.object({ line: lineSchema }),
  },
  /** Brings in what the carrier's own lists show since a moment, texts and calls; progress is told by `sync.changed`. */
  'sync.start': {
    input: z.strictObject({ connectionId: connectionIdSchema, since: z.int() }),
    output: z.object({ sync: syncSchema }),
  },
  'sync.cancel': { input: z.strictObject({ connectionId: connectionIdSchema }), output: done },
} as const;
