import { first, TestMode, tokens } from './test-mode.ts';

let test: TestMode;

beforeAll(async () => {
  test = await TestMode.start();
});
afterAll(() => test.mode.close());
afterEach(() => {
  test.mode.behaviour.unknownFilter = 'ignored';
});

const SPACES = '/api/acme/spaces';

describe('paging the collection list', () => {
  it('answers the first thirty, without a word about the rest, when no page is asked for', async () => {
    const { body } = await test.get(`${SPACES}?filter=all`);
    expect(body._embedded.spaces).toHaveLength(30);
    expect(body.pagination).toBeUndefined();
    expect(body._links.next_page).toBeUndefined();
  });

  it('counts when either parameter is sent', async () => {
    const { body } = await test.get(`${SPACES}?filter=all&page=2`);
    expect(body.pagination).toEqual({ page: 2, per_page: 30, count: 10, total_pages: 2, total_count: 40 });
    expect((await test.get(`${SPACES}?filter=all&per_page=7`)).body.pagination).toMatchObject({
      count: 7,
      total_pages: 6,
    });
  });

  it('cuts a larger page to thirty, and says so only in the counters', async () => {
    const { body, status } = await test.get(`${SPACES}?filter=all&per_page=500`);
    expect(status).toBe(200);
    expect(body._embedded.spaces).toHaveLength(30);
    expect(body.pagination).toMatchObject({ per_page: 30, total_count: 40 });
  });

  it('gives every collection once over its pages, and nothing past the end', async () => {
    const walked = tokens(await test.walk(`${SPACES}?filter=all`, 'spaces'));
    expect(walked).toEqual(tokens(test.mode.world.collections));
    expect(await test.rows(`${SPACES}?filter=all&page=3`, 'spaces')).toEqual([]);
  });

  it('takes nonsense for the first page', async () => {
    expect((await test.get(`${SPACES}?filter=all&page=-1&per_page=x`)).body.pagination).toMatchObject({
      page: 1,
      per_page: 30,
    });
  });
});

describe('filters', () => {
  it('shows what the caller belongs to by default, its own private collection included', async () => {
    const { world } = test.mode;
    const mine = world.collections.filter((row) => row.memberUsernames.includes(world.member.username));
    const shown = await test.walk(SPACES, 'spaces', 'member');
    expect(tokens(shown)).toEqual(tokens(mine));
    expect(shown.filter((row) => row.space_type === 'private')).toHaveLength(1);
    expect(mine.length).toBeLessThan(world.collections.filter((row) => world.canSee('member', row.token)).length);
  });

  it('shows all to the admin key, and all it may see to the member key', async () => {
    const { world } = test.mode;
    const seen = world.collections.filter((row) => world.canSee('member', row.token));
    expect(await test.walk(`${SPACES}?filter=all`, 'spaces')).toHaveLength(40);
    expect(tokens(await test.walk(`${SPACES}?filter=all`, 'spaces', 'member'))).toEqual(tokens(seen));
  });

  it('narrows to custom ones, and to those the caller made', async () => {
    const { world } = test.mode;
    const custom = await test.walk(`${SPACES}?filter=custom`, 'spaces');
    expect(tokens(custom)).toEqual(tokens(world.collections.filter((row) => row.type === 'custom')));
    const made = await test.walk(`${SPACES}?filter=mine`, 'spaces', 'member');
    expect(made.length).toBeGreaterThan(0);
    expect(made.every((row) => row._links.creator?.href === `/api/${world.member.username}`)).toBe(true);
  });

  it('ignores a filter it does not know, case included', async () => {
    const usual = tokens(await test.rows(SPACES, 'spaces'));
    expect(tokens(await test.rows(`${SPACES}?filter=ALL`, 'spaces'))).toEqual(usual);
    test.mode.behaviour.unknownFilter = 'rejected';
    expect(await test.status(`${SPACES}?filter=ALL`)).toBe(400);
  });
});

describe('one collection', () => {
  it('answers under both names, and links to the newer one', async () => {
    const row = first(test.mode.world.collections);
    const spaces = await test.get(`${SPACES}/${row.token}`);
    const collections = await test.get(`/api/acme/collections/${row.token}`);
    expect(spaces.body).toEqual(collections.body);
    expect(spaces.body._links.self?.href).toBe(`/api/acme/collections/${row.token}`);
    expect(spaces.body._links.web?.href).toBe(`/acme/spaces/${row.token}`);
    expect(spaces.headers.get('content-type')).toBe('application/hal+json');
  });

  it('contradicts the list about whether it can be viewed', async () => {
    const [listed] = await test.rows(`${SPACES}?filter=all`, 'spaces');
    const { body } = await test.get(listed?._links.self?.href ?? '');
    expect([listed?.['viewable?'], body['viewable?']]).toEqual([false, true]);
    expect({ ...listed, 'viewable?': true }).toEqual(body);
  });
});
