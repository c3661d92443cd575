/** Questions as nobody would think of: random selections over the schema, with random pages, filters and orders. */
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { schema } from '../../src/schema/schema.ts';
import type { World } from '../../src/simulator/index.ts';
import { seededRandom } from './seeded-random.ts';

export interface QuestionMix {
  /** Lists inside lists, at the most. */
  readonly lists: number;
  /** The largest page. */
  readonly first: number;
  /** The largest page of a list inside a list. */
  readonly firstBelow: number;
}

const USUAL: QuestionMix = { lists: 3, first: 40, firstBelow: 8 };

/** Lists of which each row is a thing of its own, by the chance that they are asked for. */
const SINGLES: readonly string[] = ['creator', 'collection', 'lastRun', 'stats', 'dataSource', 'report', 'query'];

/** `count` questions, the same for the same seed. */
export function randomQuestions(world: World, seed: number, count: number, mix: QuestionMix = USUAL): string[] {
  const asker = new Asker(world, seededRandom(seed), mix);
  return Array.from({ length: count }, () => asker.question());
}

class Asker {
  readonly #world: World;
  readonly #random: () => number;
  readonly #mix: QuestionMix;
  #aliases = 0;

  constructor(world: World, random: () => number, mix: QuestionMix) {
    this.#world = world;
    this.#random = random;
    this.#mix = mix;
  }

  question(): string {
    this.#aliases = 0;
    const roots = Array.from({ length: this.#chance(0.25) ? 2 : 1 }, () => this.#root());
    return `{ ${roots.join(' ')} }`;
  }

  #root(): string {
    const report = this.#pick(this.#world.reports);
    const query = this.#pick(this.#world.queries);
    const one = (field: string, type: string): string =>
      `${this.#alias()}: ${field} ${this.#selection(type, this.#mix.lists)}`;
    return this.#pick([
      () => `workspace ${this.#listsOf('Workspace', this.#mix.lists)}`,
      () => `workspace ${this.#listsOf('Workspace', this.#mix.lists)}`,
      () => `workspace ${this.#listsOf('Workspace', this.#mix.lists)}`,
      () => one(`report(token: "${report.token}")`, 'Report'),
      () =>
        one(
          `reports(tokens: ${JSON.stringify(this.#some(this.#world.reports, 60).map(({ token }) => token))})`,
          'Report',
        ),
      () => one(`collection(token: "${report.collectionToken}")`, 'Collection'),
      () => one(`reportQuery(reportToken: "${query.reportToken}", token: "${query.token}")`, 'ReportQuery'),
    ])();
  }

  /** Of the workspace a list at least, or nearly every question would be about its name. */
  #listsOf(type: string, lists: number): string {
    const fields = Object.values(objectType(type).getFields()).filter(isList);
    const chosen = Array.from({ length: this.#chance(0.3) ? 2 : 1 }, () => this.#list(this.#pick(fields), lists));
    return `{ ${chosen.join(' ')} }`;
  }

  #selection(type: string, lists: number): string {
    const fields = Object.values(objectType(type).getFields()).filter(
      ({ args }) => args.length === 0 || args.some(({ name }) => name === 'first'),
    );
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const singles = fields.filter(({ name }) => SINGLES.includes(name));
    const below = lists === 0 ? [] : fields.filter(isList);
    const parts = this.#some(leaves, 3).map(({ name }) => name);
    for (const field of singles) if (this.#chance(0.2)) parts.push(this.#single(field));
    for (const field of below) if (this.#chance(0.45)) parts.push(this.#list(field, lists));
    return `{ ${['__typename', ...new Set(parts)].join(' ')} }`;
  }

  #single(field: GraphQLField<unknown, unknown>): string {
    const type = getNamedType(field.type).name;
    const fields = Object.values(objectType(type).getFields()).filter((each) => isLeafType(getNamedType(each.type)));
    const names = this.#some(fields, 2).map(({ name }) => name);
    return `${this.#alias()}: ${field.name} { ${['__typename', ...new Set(names)].join(' ')} }`;
  }

  #list(field: GraphQLField<unknown, unknown>, lists: number): string {
    const row = getNamedType(field.type).name.replace(/Connection$/, '');
    const most = lists === this.#mix.lists ? this.#mix.first : this.#mix.firstBelow;
    const given = [`${this.#chance(0.85) ? 'first' : 'last'}: ${1 + Math.floor(this.#random() * most)}`];
    const filter = this.#chance(0.3) ? this.#filter(row) : undefined;
    if (filter !== undefined) given.push(`filter: ${filter}`);
    if (this.#chance(0.4))
      given.push(`orderBy: { field: ${this.#order(row)}, direction: ${this.#pick(['ASC', 'DESC'])} }`);
    const counts = this.#chance(0.5) ? 'totalCount ' : '';
    const rows = this.#selection(row, lists - 1);
    const shown = this.#chance(0.8) ? `nodes ${rows}` : `edges { cursor node ${rows} }`;
    return `${this.#alias()}: ${field.name}(${given.join(', ')}) { ${counts}${shown} }`;
  }

  #order(row: string): string {
    const type = schema.getType(`${row}OrderField`);
    if (!isEnumType(type)) throw new Error(`there is no order of ${row}`);
    return this.#pick(type.getValues()).name;
  }

  #filter(row: string): string | undefined {
    const input = schema.getType(`${row}Filter`);
    if (!isInputObjectType(input)) throw new Error(`there is no filter of ${row}`);
    const { reports, queries, collections, members } = this.#world;
    const year = (): string => `20${17 + Math.floor(this.#random() * 10)}-01-01T00:00:00Z`;
    const samples: Readonly<Record<string, readonly (() => string)[]>> = {
      Report: [
        () => `{ search: "${word(this.#pick(reports).name, this.#random())}" }`,
        () => '{ scheduled: true }',
        () => `{ neverViewed: ${this.#chance(0.5)} }`,
        () => '{ neverRun: false }',
        () => `{ viewCount: { min: ${Math.floor(this.#random() * 50)} } }`,
        () => `{ createdAt: { after: "${year()}" } }`,
        () => '{ lastRunStates: ["failed"] }',
        () => '{ archived: false }',
        () => `{ creators: ["${this.#pick(members).username}"] }`,
        () => `{ or: [{ search: "a" }, { lastRunStates: ["succeeded"] }] }`,
      ],
      ReportQuery: [
        () => '{ usesIdentifier: "orders" }',
        () => `{ sqlContains: "${this.#pick(['join', 'select', 'where user_id', 'limit'])}" }`,
        () => `{ search: "${word(this.#pick(queries).name, this.#random())}" }`,
        () => `{ collections: ["${this.#pick(collections).token}"] }`,
      ],
      Collection: [
        () => '{ types: ["custom"] }',
        () => `{ search: "${word(this.#pick(collections).name, this.#random())}" }`,
      ],
      Chart: [() => '{ types: ["bar", "line"] }', () => '{ search: "e" }'],
      Member: [() => `{ search: "${word(this.#pick(members).username, this.#random())}" }`],
      DataSource: [() => '{ softDeleted: false }'],
    };
    return this.#pick(samples[row] ?? [() => '{}'])();
  }

  #alias(): string {
    return `f${this.#aliases++}`;
  }

  #chance(part: number): boolean {
    return this.#random() < part;
  }

  #pick<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.#random() * values.length)];
    if (value === undefined) throw new Error('there is nothing to pick from');
    return value;
  }

  #some<Value>(values: readonly Value[], most: number): Value[] {
    return Array.from({ length: 1 + Math.floor(this.#random() * most) }, () => this.#pick(values));
  }
}

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`there is no type ${name}`);
  return type;
}

function isList(field: GraphQLField<unknown, unknown>): boolean {
  return getNamedType(field.type).name.endsWith('Connection');
}

/** A piece of a text, that a search finds it by. */
function word(text: string | null, random: number): string {
  const words = (text ?? '').split(/[^\w]+/).filter((each) => each.length > 1);
  return words[Math.floor(random * words.length)] ?? 'e';
}
