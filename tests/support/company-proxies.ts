/** What stands between a gateway and Mode in many companies. Not yet listening. */
import { createServer, request, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { makeAuthority, makeIdentity } from './certificates.ts';

/** Opens the encryption and shows a certificate of its own. `authority` is PEM: whoever trusts it is let through. */
export function openingProxy(portOfMode: number): { readonly proxy: TlsServer; readonly authority: string } {
  const authority = makeAuthority('Acme Network Inspection');
  const { certificate: cert, key } = makeIdentity(authority);
  const proxy = createTlsServer({ cert, key }, (near) => {
    const far = connect(portOfMode, '127.0.0.1');
    near.pipe(far).pipe(near);
    endTogether(near, far);
  });
  proxy.on('tlsClientError', () => undefined);
  return { proxy, authority: authority.certificate };
}

/** Knows the way to Mode, whatever name that is asked for by. */
export function forwardProxy(portOfMode: number): Server {
  const proxy = createServer((asked, answer) => {
    const { method, headers } = asked;
    const { pathname, search } = new URL(asked.url ?? '/');
    const onward = request(
      { host: '127.0.0.1', port: portOfMode, method, headers, path: pathname + search },
      (from) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      },
    );
    asked.pipe(onward);
  });
  return proxy.on('connect', (_asked, near: Socket) => {
    const far = connect(portOfMode, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    endTogether(near, far);
  });
}

function endTogether(near: Socket, far: Socket): void {
  for (const socket of [near, far]) socket.on('error', () => [near, far].forEach((each) => each.destroy()));
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
/** Whether this Node.js heeds `NODE_USE_ENV_PROXY`. */
export const CAN_TAKE_PROXIES = major >= 24 || (major === 22 && minor >= 21);
