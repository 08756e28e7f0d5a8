import { createServer, type Server } from "node:http";

/** How long a client may take, in seconds. */
export type Patience = {
  /** For the head of a request. */
  headers: number;
  /** For all of it. */
  request: number;
  /** Without a byte either way. */
  silence: number;
  /** How often all this is looked at. */
  look: number;
};

const patience: Patience = { headers: 15, request: 120, silence: 120, look: 5 };

/** A server on which nobody holds a connection for ever by sending a byte now and then, or by never reading. */
export function createStrictServer({ headers, request, silence, look }: Patience = patience): Server {
  const server = createServer({ headersTimeout: headers * 1000, requestTimeout: request * 1000, connectionsCheckingInterval: look * 1000 });
  // Longer than the 60 seconds for which balancers keep theirs, or they would use one that we just closed.
  server.keepAliveTimeout = 65_000;
  server.timeout = silence * 1000;
  server.maxHeadersCount = 100;
  return server;
}
