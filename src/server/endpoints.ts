/** Where a gateway answers. */
export interface Endpoints {
  /** Questions, and the explorer's page. */
  readonly graphql: string;
  readonly health: string;
  readonly ready: string;
  readonly metrics: string;
}

/** @param basePath in front of each, such as `/api`; '' for none */
export function endpointsAt(basePath: string): Endpoints {
  return {
    graphql: `${basePath}/graphql`,
    health: `${basePath}/health`,
    ready: `${basePath}/ready`,
    metrics: `${basePath}/metrics`,
  };
}
