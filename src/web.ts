import { createServer, type RequestListener, type Server } from 'node:http';
import { ConfigError } from './errors.ts';

export interface Readiness {
  ready: boolean;
  /** What is missing, in words for an operator. */
  waitingFor: string[];
}

export interface Web {
  start(): Promise<{ port: number }>;
  stop(): Promise<void>;
}

/** The one HTTP port: health in both modes, Slack's requests in HTTP mode. */
export function createWeb(deps: {
  port: number;
  readiness: () => Promise<Readiness>;
  slack: RequestListener | undefined;
}): Web {
  let server: Server | undefined;
  return {
    async start() {
      server = createServer(route(deps));
      return { port: await listen(server, deps.port) };
    },
    async stop() {
      const open = server;
      if (open === undefined) return;
      open.closeAllConnections();
      await new Promise((resolve) => open.close(resolve));
    },
  };
}

function route(deps: Parameters<typeof createWeb>[0]): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (path === '/livez') return answer(200, { alive: true });
    if (path === '/readyz') {
      deps.readiness().then(
        (readiness) => answer(readiness.ready ? 200 : 503, readiness),
        () => answer(503, { ready: false, waitingFor: ['the database'] }),
      );
      return;
    }
    if (path === '/slack/events' && deps.slack !== undefined) return deps.slack(request, response);
    return answer(404, { error: 'there is nothing here; try /livez or /readyz' });
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'is in use by another program; choose another' : error.message;
      reject(new ConfigError([`PORT: ${port} ${reason}`]));
    });
    server.listen(port, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
