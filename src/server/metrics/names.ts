/** Before every metric's name. */
export const PREFIX = 'mode_graphql_';

/** Seconds. From what the catalog answers to what outlasts the longest window. */
export const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
