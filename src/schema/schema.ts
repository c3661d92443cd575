import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './scalars.ts';
import './types/chart.ts';
import './types/collection.ts';
import './types/data-source.ts';
import './types/member.ts';
import './types/query.ts';
import './types/report-query.ts';
import './types/report-run.ts';
import './types/report.ts';
import './types/workspace.ts';

/** The whole schema, sorted by name. */
export const schema: GraphQLSchema = builder.toSchema();
