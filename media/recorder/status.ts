import { createServer, type Server } from 'node:http';

export interface Asked {
  /** What the node's spool is like; whether the recorder may go. */
  status(): object;
  /** Leaves once the spool is empty. */
  drain(): void;
}

/** Answers on loopback: `GET /status`, `GET /healthz`, `POST /drain`. */
export const openStatus = (port: number, asked: Asked): Server =>
  createServer(({ method, url }, response) => {
    const route = `${method} ${url}`;
    if (route === 'POST /drain') asked.drain();
    const known = ['GET /status', 'GET /healthz', 'POST /drain'].includes(route);
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(known ? JSON.stringify(asked.status()) : '{}');
  }).listen(port, '127.0.0.1');
