/** Listening and reading, as every demo server does it. */
import type { IncomingMessage, Server } from 'node:http';
import { RemoteError } from '../errors.js';

const BODY_LIMIT = 64 * 1024;

/** Rejects where the body is longer than anything a form needs. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** On 127.0.0.1 only. Rejects with RemoteError where the port is taken. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new RemoteError(`port ${port} on 127.0.0.1 is taken`, {
              because: 'another program listens there, perhaps an earlier demo provider',
              hint: 'choose another with --port, or --port 0 for any free one',
              cause: error,
            })
          : new RemoteError(`cannot listen on 127.0.0.1:${port}`, { because: error.message, cause: error }),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
