import fc from 'fast-check';
import {
  readListFile,
  sha256OfEnd,
  UnfitFileError,
  writeListFile,
  type ListBlock,
} from '../../src/catalog/list-file.ts';
import { rowsOfText, textOfRows } from '../../src/catalog/row-columns.ts';
import { slices } from '../../src/mode/slices.ts';

const HEADER = { owner: 'https://mode.test/acme', list: 'reports', asOf: 5, pages: 3 };

const anyBlock = fc.record({
  rows: fc.nat({ max: 1_000 }),
  sections: fc.array(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    { maxLength: 5 },
  ),
});
const anyBlocks = fc.array(anyBlock, { maxLength: 8 });

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  await Promise.resolve();
  yield* items;
}

async function write(blocks: readonly ListBlock[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of writeListFile(HEADER, each(blocks), slices)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What is read of bytes that come in pieces of so many. */
async function read(bytes: Buffer, size: number): Promise<ListBlock[]> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const blocks: ListBlock[] = [];
  const take = (block: ListBlock): void => void blocks.push(block);
  const file = await readListFile(each(pieces), slices, { begin: () => undefined, take });
  expect(file).toMatchObject(HEADER);
  expect(sha256OfEnd(bytes.subarray(-512))).toBe(file.sha256);
  return blocks;
}

describe('the file of a list', () => {
  it('is read as it was written, whatever its blocks hold and in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, fc.integer({ min: 1, max: 200 }), async (blocks, size) => {
        expect(await read(await write(blocks), size)).toEqual(blocks);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it ends at any byte before its last, or goes on after it', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, async (blocks) => {
        const bytes = await write(blocks);
        for (let length = 0; length < bytes.length; length += 1 + (length >> 6)) {
          await expect(read(bytes.subarray(0, length), 64)).rejects.toBeInstanceOf(UnfitFileError);
        }
        await expect(read(bytes.subarray(0, -1), 64)).rejects.toBeInstanceOf(UnfitFileError);
        await expect(read(Buffer.concat([bytes, Buffer.from('\n')]), 64)).rejects.toBeInstanceOf(UnfitFileError);
      }),
      { numRuns: 10 },
    );
  });

  it('is refused when one bit of it is another, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, fc.nat(), async (blocks, seed) => {
        const bytes = await write(blocks);
        const place = seed % bytes.length;
        bytes.writeUInt8((bytes[place] ?? 0) ^ (1 << (seed % 8)), place);
        await expect(read(bytes, 64)).rejects.toBeInstanceOf(UnfitFileError);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when parts of it are left out, doubled or changed about', async () => {
    const text = (await write([1, 2, 3].map((rows) => ({ rows, sections: [Buffer.from(`${rows}\n`)] })))).toString();
    const lines = text.split(/(?<=\n)/);
    expect(lines).toHaveLength(8);
    const blocks = [lines.slice(1, 3), lines.slice(3, 5), lines.slice(5, 7)];
    const [first = [], second = [], third = []] = blocks;
    const file = (...parts: string[][]): string[] => [...lines.slice(0, 1), ...parts.flat(), ...lines.slice(7)];
    const spoilt = [
      ...lines.map((_, at) => lines.toSpliced(at, 1)),
      ...lines.map((line, at) => lines.toSpliced(at, 0, line)),
      file(first, second),
      file(first, second, third, third),
      file(second, first, third),
    ];
    for (const parts of spoilt) {
      await expect(read(Buffer.from(parts.join('')), 1_000)).rejects.toBeInstanceOf(UnfitFileError);
    }
  });

  it('is never there as a whole: sections of three megabytes are written in pieces of about one', async () => {
    const blocks = Array.from({ length: 6 }, (_, rows) => ({ rows, sections: [Buffer.alloc(3_000_000, rows)] }));
    const sizes: number[] = [];
    for await (const piece of writeListFile(HEADER, each(blocks), slices)) sizes.push(piece.length);
    expect(sizes.length).toBeGreaterThanOrEqual(18);
    expect(Math.max(...sizes)).toBeLessThan(1_100_000);
  });

  it('is closed when it is refused, and when its reader wants no more', async () => {
    const whole = await write([{ rows: 1, sections: [Buffer.from('1')] }]);
    for (const bytes of [whole, whole.subarray(0, 40), Buffer.from('{}\n')]) {
      let isClosed = false;
      async function* pieces(): AsyncGenerator<Buffer> {
        try {
          yield* each([bytes, bytes]);
        } finally {
          isClosed = true;
        }
      }
      await readListFile(pieces(), slices, { begin: () => undefined, take: () => undefined }).catch(() => undefined);
      expect(isClosed).toBe(true);
    }
  });
});

const anyValue = fc.oneof(
  fc.constantFrom(null, 'a', 'b', 0, true),
  fc.string({ maxLength: 5 }),
  fc.jsonValue({ maxDepth: 1 }),
);
const ofOneShape = fc.uniqueArray(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 5 }).chain((fields) =>
  fc.array(fc.tuple(...fields.map(() => anyValue)), { maxLength: 20 }).map((rows) =>
    rows.map((values) => {
      const row = {};
      for (const [at, value] of values.entries()) {
        Object.defineProperty(row, fields[at] ?? '', { value, enumerable: true, writable: true, configurable: true });
      }
      return row;
    }),
  ),
);
const ofAnyShape = fc.array(fc.dictionary(fc.string({ maxLength: 5 }), anyValue, { maxKeys: 4 }), { maxLength: 12 });

describe('the text of rows', () => {
  it('says of every row what it said, and its fields in their order', () => {
    fc.assert(
      fc.property(fc.oneof(ofOneShape, ofAnyShape), (rows) => {
        const plain = JSON.stringify(rows);
        const read = rowsOfText(textOfRows(rows), rows.length);
        expect(JSON.stringify(read)).toBe(plain);
      }),
      { numRuns: 3_000 },
    );
  });

  it('has what is not written of any row put in its place', () => {
    const provenance = { source: 'REST', asOf: 1 };
    const rows = [1, 2].map((token) => ({ provenance: null, token }));
    const read = rowsOfText(textOfRows(rows), 2, { provenance });
    expect(read).toEqual(rows.map((row) => ({ ...row, provenance })));
    expect(Object.keys(read[0] ?? {})).toEqual(['provenance', 'token']);
  });

  it('is refused when it is of another number of rows, or of another kind', () => {
    const text = textOfRows([{ a: 1 }, { a: 2 }]);
    for (const spoilt of ['', '{}', '[]', '{"same":{},"columns":{"a":{"of":[1],"at":[0,1]}}}', text]) {
      expect(() => rowsOfText(spoilt, spoilt === text ? 3 : 2)).toThrow();
    }
  });
});
