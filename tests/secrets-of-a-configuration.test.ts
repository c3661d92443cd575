import { readConfig } from '../src/config/config.ts';
import { secretVariables } from '../src/config/print-configuration.ts';

const NEEDED = { MODE_WORKSPACE: 'acme', MODE_API_TOKEN: 'key-token', MODE_API_SECRET: 'key-secret' };

describe('what a configuration knows to be secret', () => {
  it('is the value of every variable that is marked as secret', () => {
    const values = Object.fromEntries(secretVariables().map((name) => [name, `marked-${name.toLowerCase()}`]));
    const env = {
      ...values,
      MODE_WORKSPACE: 'acme',
      REDIS_URL: 'redis://:marked-redis_url@redis',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=marked-otel_exporter_otlp_headers',
    };
    const { secrets } = readConfig(env);
    expect(Object.values(values).length).toBeGreaterThan(6);
    expect(secrets).toEqual(expect.arrayContaining(Object.values(values)));
  });

  it('is each key by itself, and what is wrapped in addresses and headers, as it is written and as it is meant', () => {
    const { secrets } = readConfig({
      ...NEEDED,
      GATEWAY_API_KEYS: 'first-key-1, second-key-2',
      REDIS_URL: 'rediss://operator:hush%2Fhush%40x@redis:6380/2',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=hush%20hush, authorization=Basic%20aHVzaA==',
    });
    expect(secrets).toEqual(
      expect.arrayContaining([
        ...['key-token', 'key-secret', 'first-key-1', 'second-key-2'],
        ...['operator', 'hush%2Fhush%40x', 'hush/hush@x', 'rediss://operator:hush%2Fhush%40x@redis:6380/2'],
        ...['hush%20hush', 'hush hush', 'Basic%20aHVzaA==', 'Basic aHVzaA=='],
      ]),
    );
  });

  it('is nothing else, and nothing so short that it would be struck from every text', () => {
    const { secrets } = readConfig({ ...NEEDED, MODE_API_TOKEN: 'abc', REDIS_URL: 'redis://:pw@redis', PORT: '4001' });
    expect(secrets).toEqual(['key-secret', 'redis://:pw@redis']);
  });
});
