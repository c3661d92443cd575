import { parseAllDocuments } from 'yaml';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { variableNames } from '../../src/config/print-configuration.ts';
import { found, PAGES } from './pages.ts';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom?: readonly { readonly secretRef: { readonly name: string } }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: object;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
  readonly timeoutSeconds?: number;
}

interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly replicas?: number;
    readonly selector: object;
    readonly ports?: readonly { readonly targetPort: string }[];
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly terminationGracePeriodSeconds?: number;
        readonly securityContext: object;
        readonly containers: readonly [Container];
        readonly volumes?: readonly { readonly name: string }[];
      };
    };
  };
}

const [block = ''] = found(PAGES.get('docs/kubernetes.md') ?? '', /```yaml\n([\s\S]*?)```/g);
const documents = parseAllDocuments(block);
const resources = documents.map((document) => document.toJS() as Resource);
const of = (kind: string, name = 'mode-graphql'): Resource => {
  const resource = resources.find((each) => each.kind === kind && each.metadata.name === name);
  if (!resource) throw new Error(`there is no ${kind} ${name}`);
  return resource;
};
const pod = of('Deployment').spec.template.spec;
const [gateway] = pod.containers;
const deployments = resources.filter(({ kind }) => kind === 'Deployment');

/** As the container sees it: what the image sets, then the secret, then what is set by name. */
const env: Readonly<Record<string, string>> = {
  HOST: '0.0.0.0',
  PORT: '4000',
  CATALOG_DIR: '/var/cache/mode-graphql',
  ...of('Secret').stringData,
  ...Object.fromEntries((gateway.env ?? []).map(({ name, value }) => [name, value])),
};

describe('the Kubernetes example', () => {
  it('is YAML without a mistake', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(resources.length).toBeGreaterThan(4);
  });

  it('configures a gateway that starts, with variables it reads, and not without its secret', () => {
    expect(Object.keys(env).filter((name) => !variableNames().includes(name))).toEqual([]);
    expect(gateway.envFrom).toEqual([{ secretRef: { name: of('Secret').metadata.name } }]);
    expect(readConfig(env)).toMatchObject({ callers: { host: '0.0.0.0', port: 4000 } });
    expect(() => readConfig({ ...env, GATEWAY_API_KEYS: '' })).toThrow(ConfigError);
  });

  it('gives it longer to stop than it takes', () => {
    const { shutdownDelayMs, drainMs } = readConfig(env).run;
    expect((pod.terminationGracePeriodSeconds ?? 0) * 1_000).toBeGreaterThan(shutdownDelayMs + drainMs + 5_000);
    // Without it callers are refused at each rollout.
    expect(shutdownDelayMs).toBeGreaterThan(0);
  });

  it('counts all gateways together, and knows how many there are', () => {
    expect(env.REDIS_URL).toContain(of('Service', 'mode-graphql-redis').metadata.name);
    expect(readConfig(env).run.assumedReplicas).toBe(of('Deployment').spec.replicas);
    expect(of('Deployment', 'mode-graphql-redis').spec.replicas).toBe(1);
  });

  it('asks what answers: a live process on /health, a ready one on /ready', () => {
    const { startupProbe, livenessProbe, readinessProbe } = gateway;
    expect([startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet)).toEqual([
      { path: '/health', port: 'http' },
      { path: '/health', port: 'http' },
      { path: '/ready', port: 'http' },
    ]);
    // The gateway itself waits five seconds for Mode before it says no.
    expect(readinessProbe?.timeoutSeconds).toBeGreaterThan(5);
    expect(gateway.ports).toEqual([{ name: 'http', containerPort: Number(env.PORT) }]);
    expect(of('Service').spec.ports?.[0]?.targetPort).toBe('http');
  });

  it('lets nothing write but where the catalog is, nor be root', () => {
    for (const { spec } of deployments) {
      const [container] = spec.template.spec.containers;
      expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
      expect(container.securityContext).toEqual({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
      expect(spec.selector).toEqual({ matchLabels: spec.template.metadata.labels });
    }
    expect(gateway.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual([env.CATALOG_DIR]);
    expect(gateway.volumeMounts?.map(({ name }) => name)).toEqual(pod.volumes?.map(({ name }) => name));
  });
});
