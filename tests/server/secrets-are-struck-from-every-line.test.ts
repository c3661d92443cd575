import * as fc from 'fast-check';
import { readConfig } from '../../src/config/config.ts';
import { secretVariables } from '../../src/config/print-configuration.ts';
import { createRedact, STRUCK } from '../../src/server/logs/redact.ts';
import { credentialsIn, guises } from '../support/secret-watch.ts';
import { Log } from '../support/log.ts';

const LINES = { numRuns: 300 };

/** What can stand in a variable. Long enough not to turn up by chance, and with everything that is escaped somewhere. */
const secret = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...Array.from('abn\\"/+= \n\té:@%{}')), minLength: 12, maxLength: 30 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 }),
);

/** A text with a secret somewhere in it. */
const around = (text: string) =>
  fc.tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 })).map(([before, after]) => before + text + after);

/** Everything by which one of these could be found in a log. */
function formsOf(secrets: readonly string[]): string[] {
  return secrets.flatMap((each) => [
    each,
    JSON.stringify(each).slice(1, -1),
    encodeURIComponent(each),
    Buffer.from(each).toString('base64').replace(/=+$/, ''),
  ]);
}

function leaksIn(log: Log, forms: readonly string[]): string[] {
  return forms.filter((form) => log.texts.some((text) => text.includes(form)));
}

describe('no line holds a secret', () => {
  it('whatever is logged: texts, errors and their causes, objects, in whichever dress the secret comes', () => {
    const logged = fc
      .array(secret, { minLength: 1, maxLength: 4 })
      .chain((secrets) =>
        fc.record({
          secrets: fc.constant(secrets),
          texts: fc.array(fc.constantFrom(...secrets, ...secrets.flatMap(guises)).chain(around), {
            minLength: 1,
            maxLength: 5,
          }),
          pair: fc.constant(Buffer.from(secrets.join(':')).toString('base64')),
        }),
      )
      // Half of base64 or of an escape may look like a secret only where one is written in it.
      .filter(({ secrets }) => secrets.every((each) => each.trim().length >= 8));
    fc.assert(
      fc.property(logged, ({ secrets, texts, pair }) => {
        const log = new Log(secrets);
        const [text = ''] = texts;
        const cause = Object.assign(new Error(texts.at(-1)), {
          code: text,
          config: { headers: { authorization: text } },
        });
        const error = new TypeError(`failed: ${text}`, { cause: new Error('below', { cause }) });
        log.logger.info(text);
        log.logger.warn({ texts, nested: { [text]: [{ deep: texts }] } }, text);
        log.logger.error({ err: error, authorization: `Basic ${pair}` }, 'unforeseen error');
        log.logger.error(error);
        log.logger.error(new Error(JSON.stringify({ quoted: texts, again: JSON.stringify(texts) })));
        log.logger.trace({ url: `redis://:${encodeURIComponent(text)}@redis/?key=${encodeURIComponent(text)}` }, pair);
        expect(log.lines).toHaveLength(6);
        expect(leaksIn(log, formsOf(secrets))).toEqual([]);
        expect(leaksIn(log, [pair.replace(/=+$/, '')])).toEqual([]);
      }),
      LINES,
    );
  });

  it('of any secret variable there is, alone or as it is sent to Mode and to Redis', () => {
    const word = fc.stringMatching(/^[\w!$*.~-]{8,30}$/);
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            [...secretVariables().filter((name) => name !== 'REDIS_URL'), 'password'].map((name) => [name, word]),
          ),
        ),
        (values) => {
          const { password = '' } = values;
          const env = {
            ...values,
            MODE_WORKSPACE: 'acme',
            REDIS_URL: `redis://:${encodeURIComponent(password)}@redis:6379`,
            OTEL_EXPORTER_OTLP_HEADERS: `x-key=${values.OTEL_EXPORTER_OTLP_HEADERS ?? ''}`,
          };
          const log = new Log(readConfig(env).secrets);
          for (const text of [...Object.values(values), ...credentialsIn(env)]) {
            log.logger.info({ text }, `Bearer ${text}`);
            log.logger.error({ err: new Error(`sent ${text}`, { cause: new Error(env.REDIS_URL) }) });
          }
          expect(leaksIn(log, formsOf(Object.values(values)))).toEqual([]);
          expect(leaksIn(log, credentialsIn(env))).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of callers and of Mode, whom no configuration knows', () => {
    const log = new Log();
    const [basic, bearer] = ['c29tZWJvZHk6aHVzaC1odXNo', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'];
    log.logger.error({ err: new Error(`Headers.append: Basic ${basic} is no header`) });
    log.logger.warn({ headers: { authorization: `Bearer ${bearer}` } }, 'https://me:hush-hush@mode.test/api');
    log.logger.warn('ada@example.com wrote to grace.hopper+1@mail.example.org');
    for (const part of [basic, bearer, 'hush-hush', 'example']) expect(log.texts.join('')).not.toContain(part);
  });

  it('nor does one hold what an error quotes, which is somebody’s data', () => {
    const log = new Log();
    const parsing = (): unknown => JSON.parse('SELECT salary FROM people');
    try {
      parsing();
    } catch (error) {
      log.logger.error({ err: error });
    }
    log.logger.error({ err: new Error('Int cannot represent value: "SELECT \\"salary\\" FROM people') });
    log.logger.error({ err: new Error(`no such column: '${'salary,'.repeat(10)}'`) });
    log.logger.error({ err: new TypeError("Cannot read properties of undefined (reading 'token')") });
    expect(log.texts.join('')).not.toMatch(/SELECT|salary/);
    expect(log.lines.at(-1)).toMatchObject({ err: { stack: expect.stringContaining("reading 'token'") as unknown } });
  });
});

describe('what is no secret stays', () => {
  it('in a line with one, and in a line with none', () => {
    const log = new Log(['marked-secret-1']);
    log.logger.info({ requestId: 'r-1', list: [1, null, true, { a: 'marked-secret-1!' }] }, 'Basic authentication');
    log.logger.info({ requestId: 'r-1' }, 'nothing "here"');
    const [first, second] = log.lines;
    expect(first).toMatchObject({
      requestId: 'r-1',
      list: [1, null, true, { a: `${STRUCK}!` }],
      msg: 'Basic authentication',
    });
    expect(second).toMatchObject({ requestId: 'r-1', msg: 'nothing "here"' });
    expect(log.texts.every((text) => text.endsWith('\n'))).toBe(true);
  });

  it('of an error: its name, code, place and causes', () => {
    const log = new Log(['marked-secret-1']);
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    log.logger.error({ err: new TypeError('fetch failed for marked-secret-1', { cause }) }, 'unforeseen error');
    expect(log.lines).toEqual([
      expect.objectContaining({
        msg: 'unforeseen error',
        err: {
          name: 'TypeError',
          stack: expect.stringMatching(/^TypeError: fetch failed for \[redacted\]\n\s+at .+\.ts:\d+/) as unknown,
          cause: { name: 'Error', code: 'ECONNREFUSED', stack: expect.stringContaining('ECONNREFUSED') as unknown },
        },
      }),
    ]);
  });

  it('when a text only looks like a secret in JSON, and the line stays JSON', () => {
    const log = new Log(['nabcdefgh', 'abc\\', '"}\n,{"']);
    log.logger.info({ text: '\nabcdefgh', other: 'abc"', third: 'abc\n' }, '\\abc\\"');
    expect(log.lines).toHaveLength(1);
  });
});

it('base64 is known wherever in three bytes the secret begins', () => {
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
      const text = Buffer.from(before + hidden + after).toString('base64');
      const url = Buffer.from(before + hidden + after).toString('base64url');
      const redact = createRedact([hidden]);
      expect(redact(text)).toContain(STRUCK);
      expect(redact(url)).toContain(STRUCK);
    }),
  );
});
