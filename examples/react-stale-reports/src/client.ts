import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql';
import { keepBill } from './last-bill.ts';

export const client = new Client({
  url: '/graphql',
  // Addresses have an end, and questions need none.
  preferGetMethod: false,
  // Discovery's own lists are up to a day old. Unless it is told so, a browser whose cache is switched off, as in the
  // developer tools, says "no-cache": the gateway then reads everything anew for each page, at Mode's expense.
  fetchOptions: { headers: { 'cache-control': 'max-age=86400' } },
  exchanges: [
    cacheExchange,
    // Below the cache: what that answers costs nobody a call, and has no bill.
    mapExchange({
      onResult: ({ extensions }) => {
        keepBill(extensions);
      },
    }),
    fetchExchange,
  ],
});
