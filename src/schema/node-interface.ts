import { builder } from './builder.ts';

export const Node = builder.nodeInterfaceRef();

/** The plugin's own field of this kind makes a promise for each object. */
export const GLOBAL_ID = {
  nullable: false,
  description: 'Opaque global id; pass it to `node` to read the object again.',
} as const;
