/** A part that may fail by itself, and says how: `ok`, with its value or its errors. */
import { graphql } from 'relay-runtime';

export const query = graphql`
  query partialQuery($token: String!) {
    report(token: $token) {
      id
      lastRun @catch(to: RESULT) {
        id
        isLatest
      }
    }
  }
`;
