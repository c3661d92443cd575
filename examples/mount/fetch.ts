import { createGateway } from 'mode-graphql';

// Nobody listens: the question stays in this process.
const gateway = createGateway();

try {
  const response = await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ workspace { name collections(first: 5) { totalCount nodes { name } } } }' }),
  });
  console.log(await response.text());
} finally {
  // Lets go of what would keep the process from ending.
  await gateway.stop();
}
