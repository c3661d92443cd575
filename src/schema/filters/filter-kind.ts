import type { Source } from '../../loading/plan.ts';
import { allOf, andThen, type MaybePromise } from '../../loading/maybe-promise.ts';
import type { Recall } from '../../loading/recall.ts';
import type { GatewayContext } from '../context.ts';
import type { ColumnUse } from './columns.ts';
import { allHold, anyHolds, type RowTest } from './row-test.ts';

interface AnyCondition<Row, Value> {
  /** What a condition needs to know of a row, and where that can come from. */
  readonly sources: readonly Source[];
  /**
   * Looks at the value before anything is read.
   *
   * @throws {BadUserInputError} when it cannot be
   */
  check?(value: Value): void;
  /** What it goes by, where that is a column of the list. */
  readonly column?: ColumnUse<Row>;
}

/** A condition that goes by the rows alone. */
export interface PlainCondition<Row, Value> extends AnyCondition<Row, Value> {
  test(value: Value, rows: readonly Row[]): RowTest<Row>;
}

/** One that may have to look up what it reads rows by, such as who has which e-mail address. */
export interface LookingUpCondition<Row, Value> extends AnyCondition<Row, Value> {
  lookUp(value: Value, context: GatewayContext, rows: readonly Row[]): MaybePromise<RowTest<Row>>;
  /** The same by what the catalog remembers; undefined when that does not tell. */
  foresee(value: Value, recall: Recall, rows: readonly Row[]): RowTest<Row> | undefined;
}

export type Condition<Row, Value> = PlainCondition<Row, Value> | LookingUpCondition<Row, Value>;

/** A filter as far as its effect can be told without reading anything. */
export interface ForeseenFilter<Row> {
  /** May let rows pass that will turn out not to match. */
  readonly test: RowTest<Row>;
  /** Whether it is the whole filter. */
  readonly isCertain: boolean;
}

/** A filter input, read. */
export interface FilterKind<Row, Filter> {
  /** Only for its type. */
  readonly shape: Filter;
  /** What its conditions go by. */
  readonly columns: readonly ColumnUse<Row>[];
  /**
   * What every row must be known by, for the conditions that are given.
   *
   * @throws {BadUserInputError} for one that cannot be
   */
  sources(filter: Filter | null | undefined): (readonly Source[])[];
  /** Whether rows and filter alone decide: the same rows will match the next time. */
  goesByRowsAlone(filter: Filter | null | undefined): boolean;
  /** The whole filter as one test; undefined when it lets everything through. */
  prepare(
    filter: Filter | null | undefined,
    context: GatewayContext,
    rows: readonly Row[],
  ): MaybePromise<RowTest<Row> | undefined>;
  /** @param told sources whose facts are in the rows */
  foresee(
    filter: Filter | null | undefined,
    told: ReadonlySet<Source>,
    recall: Recall,
    rows: readonly Row[],
  ): ForeseenFilter<Row>;
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
    columns: Object.values<Condition<Row, never>>(conditions).flatMap(({ column }) => column ?? []),
    sources(filter) {
      if (filter == null) return [];
      const own = given(filter).map(([condition, value]) => {
        condition.check?.(value);
        return condition.sources;
      });
      return [...own, ...(filter.or ?? []).flatMap(kind.sources)];
    },
    goesByRowsAlone(filter) {
      if (filter == null) return true;
      return (
        given(filter).every(([condition]) => !('lookUp' in condition)) && (filter.or ?? []).every(kind.goesByRowsAlone)
      );
    },
    prepare(filter, context, rows) {
      if (filter == null) return undefined;
      const tests = allOf(
        given(filter).map(([condition, value]) =>
          'lookUp' in condition ? condition.lookUp(value, context, rows) : condition.test(value, rows),
        ),
      );
      const alternatives = allOf((filter.or ?? []).map((each) => kind.prepare(each, context, rows)));
      return andThen(tests, (all) =>
        andThen(alternatives, (some) => {
          if (some.length === 0) return all.length === 0 ? undefined : allHold(all);
          return allHold([...all, anyHolds(some.map((test) => test ?? (() => true)))]);
        }),
      );
    },
    foresee(filter, told, recall, rows) {
      if (filter == null) return { test: () => true, isCertain: true };
      const own = given(filter).map(([condition, value]) => {
        if (!condition.sources.some((source) => told.has(source))) return undefined;
        return 'lookUp' in condition ? condition.foresee(value, recall, rows) : condition.test(value, rows);
      });
      const alternatives = (filter.or ?? []).map((each) => kind.foresee(each, told, recall, rows));
      const tests = own.filter((test) => test !== undefined);
      if (alternatives.length > 0) tests.push(anyHolds(alternatives.map(({ test }) => test)));
      return {
        test: allHold(tests),
        isCertain: !own.includes(undefined) && alternatives.every(({ isCertain }) => isCertain),
      };
    },
  };
  return kind;
}

export interface Alternatives<Shape> {
  readonly or?: readonly (Shape & Alternatives<Shape>)[] | null | undefined;
}
