import type { CatalogListName, CatalogRows } from '../../catalog/catalog-lists.ts';
import type { Recall as AllRecall } from '../../loading/recall.ts';
import type { Thing } from '../../loading/things.ts';
import {
  chartIdentity,
  collectionIdentity,
  memberIdentity,
  reportIdentity,
  reportQueryIdentity,
  reportRunIdentity,
} from '../../mode/identities.ts';
import { decodeGlobalId } from '../global-id.ts';
import type { SelectedField } from './selected-fields.ts';

type Recall = Pick<AllRecall, 'hint'>;

/** Of what nobody has told anything. */
const UNTOLD = { source: 'REST', asOf: 0 } as const;

/** Makes out a thing by the parts of its id: what the catalog remembers of it, or its name alone. */
type MakeOut = (parts: readonly string[], recall: Recall) => Thing | undefined;

const BY_TYPE: Readonly<Record<string, MakeOut>> = {
  Workspace: ([username = '']) => ({ kind: 'Workspace', username }),
  Collection: ([token = ''], recall) =>
    find('allCollections', token, recall) ?? find('collections', token, recall) ?? collectionIdentity(token, UNTOLD),
  Report: ([token = ''], recall) => find('reports', token, recall) ?? reportIdentity(token, UNTOLD),
  ReportQuery: ([report = '', token = ''], recall) =>
    find('queries', token, recall) ?? reportQueryIdentity(report, token, UNTOLD),
  Chart: ([report = '', query = '', token = ''], recall) =>
    find('charts', token, recall) ?? chartIdentity({ report, query }, token, UNTOLD),
  ReportRun: ([report = '', token = '']) => reportRunIdentity(report, token, UNTOLD),
  DataSource: ([token = ''], recall) => find('dataSources', token, recall),
  Member: ([username = ''], recall) =>
    find('people', username, recall) ?? find('members', username, recall) ?? memberIdentity(username, UNTOLD),
};

/** Arguments of the root’s fields that name one thing, in the order of an id’s parts. */
const ARGUMENTS = ['reportToken', 'queryToken', 'token', 'username'];

/** The things of a type that a field of the root names in its arguments; undefined when it names none. */
export function namedThings(type: string, { arguments: given }: SelectedField, recall: Recall): Thing[] | undefined {
  const ids = Array.isArray(given.ids) ? given.ids : given.id === undefined ? undefined : [given.id];
  if (ids) return ids.flatMap((id) => byId(type, id, recall) ?? []);
  const makeOut = BY_TYPE[type];
  if (!makeOut) return undefined;
  if (Array.isArray(given.tokens)) return given.tokens.flatMap((token) => makeOut([String(token)], recall) ?? []);
  const parts = ARGUMENTS.flatMap((name) => (typeof given[name] === 'string' ? [given[name]] : []));
  const thing = parts.length === 0 ? undefined : makeOut(parts, recall);
  return thing && [thing];
}

function byId(type: string, id: unknown, recall: Recall): Thing | undefined {
  try {
    const { type: found, parts } = decodeGlobalId(String(id), 'id');
    // The first part is the workspace's name, which is all there is of a workspace's id.
    return found === type ? BY_TYPE[type]?.(type === 'Workspace' ? parts : parts.slice(1), recall) : undefined;
  } catch {
    return undefined;
  }
}

function find<Name extends CatalogListName>(list: Name, key: string, recall: Recall): CatalogRows[Name] | undefined {
  return recall.hint(list)?.byKey.get(key);
}
