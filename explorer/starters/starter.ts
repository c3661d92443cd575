/** A question to begin with. Its name is that of its operation, which GraphiQL shows on the tab. */
export interface Starter {
  /** What somebody would say who asks it. */
  readonly title: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
