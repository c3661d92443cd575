import type { Source } from '../../loading/plan.ts';
import type { GatewayContext } from '../context.ts';

export type RowTest<Row> = (row: Row) => boolean;

/** What a condition needs to know of a row, and where that can come from. */
export interface Condition<Row, Value> {
  readonly sources: readonly Source[];
  /**
   * Looks at the value before anything is read.
   *
   * @throws {BadUserInputError} when it cannot be
   */
  check?(value: Value): void;
  /**
   * Makes the test. Told the rows, it may look up what it needs to read them by, such as who has which
   * e-mail address.
   */
  test(value: Value, context: GatewayContext, rows: readonly Row[]): RowTest<Row> | Promise<RowTest<Row>>;
}

/** A filter input, read. */
export interface FilterKind<Row, Filter> {
  /** Only for its type. */
  readonly shape: Filter;
  /**
   * What every row must be known by, for the conditions that are given.
   *
   * @throws {BadUserInputError} for one that cannot be
   */
  sources(filter: Filter | null | undefined): (readonly Source[])[];
  /** The whole filter as one test; undefined when it lets everything through. */
  prepare(
    filter: Filter | null | undefined,
    context: GatewayContext,
    rows: readonly Row[],
  ): Promise<RowTest<Row> | undefined>;
}

/** All conditions given must hold, and, where there is an `or`, one of its filters. */
export function filterKind<Row, Shape extends object>(conditions: {
  readonly [Field in keyof Shape]-?: Condition<Row, NonNullable<Shape[Field]>>;
}): FilterKind<Row, Shape & Alternatives<Shape>> {
  type Filter = Shape & Alternatives<Shape>;
  const given = (filter: Filter): [Condition<Row, unknown>, unknown][] =>
    Object.entries(filter)
      .filter(([field, value]) => field !== 'or' && value !== null && value !== undefined)
      .map(([field, value]) => [conditions[field as keyof Shape] as Condition<Row, unknown>, value]);

  const kind: FilterKind<Row, Filter> = {
    shape: {} as Filter,
    sources(filter) {
      if (filter == null) return [];
      const own = given(filter).map(([condition, value]) => {
        condition.check?.(value);
        return condition.sources;
      });
      return [...own, ...(filter.or ?? []).flatMap(kind.sources)];
    },
    async prepare(filter, context, rows) {
      if (filter == null) return undefined;
      const tests = await Promise.all(
        given(filter).map(async ([condition, value]) => condition.test(value, context, rows)),
      );
      if (filter.or != null && filter.or.length > 0) {
        const alternatives = await Promise.all(filter.or.map((each) => kind.prepare(each, context, rows)));
        tests.push((row) => alternatives.some((matches) => matches?.(row) ?? true));
      }
      return tests.length === 0 ? undefined : (row) => tests.every((test) => test(row));
    },
  };
  return kind;
}

export interface Alternatives<Shape> {
  readonly or?: readonly (Shape & Alternatives<Shape>)[] | null | undefined;
}
