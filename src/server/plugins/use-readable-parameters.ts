import { createGraphQLError, type Plugin } from 'graphql-yoga';

/** Says of a GET whose `variables` or `extensions` are no JSON that they are not; Yoga would take it for a fault of ours. */
export function useReadableParameters(): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      if (request.method !== 'GET' || !requestParser) return;
      setRequestParser(async (sent) => {
        try {
          return await requestParser(sent);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          throw createGraphQLError('"variables" and "extensions" must be JSON.', {
            extensions: { code: 'BAD_REQUEST', http: { status: 400, spec: true } },
          });
        }
      });
    },
  };
}
