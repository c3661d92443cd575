import { Calls, numbers } from '../support/throttle-calls.ts';

it('serves in order of tickets, whoever comes to the queue first', async () => {
  const calls = new Calls({ concurrency: 1 });
  calls.ask('running');
  const tickets = numbers(6).map(() => calls.throttle.takeTicket());
  for (const place of [3, 0, 5, 1, 4, 2]) calls.ask(place, { ticket: tickets[place] ?? -1 });
  await calls.clock.advance(0);
  for (const name of ['running', ...numbers(6)]) {
    calls.release(name);
    await calls.clock.advance(0);
  }
  expect(calls.names).toEqual(['running', 0, 1, 2, 3, 4, 5]);
});

it('lets who comes back go before who has not been', async () => {
  // Two, after the refusal.
  const calls = new Calls({ concurrency: 4 });
  calls.ask('x');
  calls.ask('y');
  const first = calls.ask('a');
  const second = calls.ask('b');
  calls.ask('c');
  calls.ask('d');
  await calls.clock.advance(0);
  calls.throttle.refused(null);
  calls.release('x', 'y', 'a', 'b');
  // The later of the two comes back first.
  calls.ask('b again', { ticket: second });
  calls.ask('e');
  calls.ask('a again', { ticket: first });
  await calls.clock.advance(10_000);
  expect(calls.names.slice(4)).toEqual(['a again', 'b again']);
  calls.release('a again', 'b again');
  await calls.clock.advance(0);
  calls.release('c', 'd');
  await calls.clock.advance(0);
  expect(calls.names.slice(6)).toEqual(['c', 'd', 'e']);
});

it('lets a person go before the background, whenever either was asked', async () => {
  const calls = new Calls({ concurrency: 1 });
  const order: string[] = [];
  const ask = async (name: string, priority: 'person' | 'background'): Promise<void> => {
    const permit = await calls.throttle.acquire({ priority: () => priority });
    order.push(name);
    calls.clock.schedule(() => permit.release(), 10);
  };
  const asked = [
    ask('running', 'background'),
    ask('background 1', 'background'),
    ask('background 2', 'background'),
    ask('person 1', 'person'),
    ask('person 2', 'person'),
  ];
  await calls.clock.runUntilIdle();
  await Promise.all(asked);
  expect(order).toEqual(['running', 'person 1', 'person 2', 'background 1', 'background 2']);
});

it('lets a background call go as a person’s once a person waits for it too', async () => {
  const calls = new Calls({ concurrency: 1 });
  const order: string[] = [];
  const wishes = new Map<string, 'person' | 'background'>();
  const ask = async (name: string, priority: 'person' | 'background'): Promise<void> => {
    wishes.set(name, priority);
    const permit = await calls.throttle.acquire({ priority: () => wishes.get(name) ?? priority });
    order.push(name);
    calls.clock.schedule(() => permit.release(), 10);
  };
  const asked = [
    ask('running', 'person'),
    ask('background 1', 'background'),
    ask('background 2', 'background'),
    ask('person', 'person'),
  ];
  wishes.set('background 2', 'person');
  calls.throttle.reconsider();
  await calls.clock.runUntilIdle();
  await Promise.all(asked);
  expect(order).toEqual(['running', 'background 2', 'person', 'background 1']);
});
