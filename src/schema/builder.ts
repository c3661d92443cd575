/**
 * Floor 5, the schema: what can be asked. One file per GraphQL type; every field says which API
 * supplies it.
 *
 * It asks loaders for things by token. It must never see a URL, a page number or an API.
 */
import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import type { GatewayContext } from './context.ts';

export interface SchemaTypes {
  Context: GatewayContext;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date | string };
    JSON: { Input: unknown; Output: unknown };
  };
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Connection: { readonly totalCount: number };
}

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin],
  relay: {
    cursorType: 'String',
    // Records are shared by the loaders of an operation and may be frozen; the plugin's brand is a hidden
    // property it would have to write on them.
    brandLoadedObjects: false,
    // Our own `node` and `nodes`: the plugin's let one id that fails fail all the others.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: {
      description: 'Anything with a global id, by which it can be asked for again through `node`.',
      resolveType: (value) => (value as { readonly kind: string }).kind,
    },
    idFieldOptions: { description: 'Opaque global id; pass it to `node` to read the object again.' },
    pageInfoTypeOptions: { description: 'Where a page stands in its list. True in both directions.' },
    pageInfoFieldOptions: { description: 'Where this page stands in the list.' },
    hasNextPageFieldOptions: { description: 'Whether rows follow this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether rows precede this page.' },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null on an empty page.' },
    endCursorFieldOptions: { description: 'Cursor of the last edge; null on an empty page.' },
    firstArgOptions: {
      description:
        'Rows from the start of the list, or after `after`. 20 when neither `first` nor `last` is given; more than 100 is an error, unless the operator has set other limits.',
    },
    lastArgOptions: {
      description: 'Rows from the end of the list, or before `before`. Limited as `first` is; not together with it.',
    },
    afterArgOptions: { description: 'Only rows after this cursor, which must be of the same list, filter and order.' },
    beforeArgOptions: {
      description: 'Only rows before this cursor, which must be of the same list, filter and order.',
    },
    cursorFieldOptions: { description: 'Opaque; good for this list, filter and order, also after rows came or went.' },
    nodeFieldOptions: { nullable: false, description: 'The row.' },
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The rows of this page, each with its cursor.',
    },
    nodesOnConnection: { description: 'The rows of this page, without their cursors.' },
    defaultConnectionTypeOptions: { description: 'A page of a list.' },
    defaultEdgeTypeOptions: { description: 'A row of a list and its place in it.' },
  },
});

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    nullable: false,
    description: 'Rows of the whole list, after the filter, whatever the page.',
    resolve: (connection) => connection.totalCount,
  }),
);
