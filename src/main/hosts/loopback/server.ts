/**
 * The window in a browser: static files, calls and events on 127.0.0.1.
 *
 * No request can end it: whatever goes wrong is an answer. Bodies are bounded before they are
 * read. The page is the same as in the desktop application, with the same content security
 * policy, except that it may talk to us.
 *
 * @module
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { EVENTS, type Events } from '../../../shared/api.ts'
import { decodeMessage, encodeMessage } from '../../../shared/wire.ts'
import { LIMITS } from '../../engine/limits.ts'
import { PERMISSIONS_POLICY, contentSecurityPolicy } from '../content-security-policy.ts'
import type { StaticFiles } from '../static-files.ts'
import { CALL_TYPE, Guard, type Refusal } from './guard.ts'

export interface LoopbackDeps {
  files: StaticFiles
  /** Never throws. */
  call: (method: string, input: unknown) => Promise<unknown>
  subscribe: <E extends keyof Events>(event: E, listener: (value: Events[E]) => void) => () => void
}

/** One file of the largest size and what stands around it. */
const BODY_LIMIT = LIMITS.fileBytes + 1024 * 1024

export interface Loopback {
  /** Opens the window, once. */
  address: string
  close(): Promise<void>
}

export async function serveLoopback(deps: LoopbackDeps): Promise<Loopback> {
  const guard = new Guard()
  const server = createServer((request, response) => {
    answer(request, response, guard, deps).catch(() => refuse(response, BAD_REQUEST))
  })
  server.on('clientError', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  server.requestTimeout = 120_000
  const port = await listen(server)
  return { address: guard.listenOn(port), close: () => close(server) }
}

const BAD_REQUEST: Refusal = { status: 400, reason: 'bad request' }

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  deps: LoopbackDeps,
): Promise<void> {
  const foreign = guard.refuseForeign(request)
  if (foreign !== null) return refuse(response, foreign)
  const url = new URL(request.url ?? '/', guard.origin)
  if (url.pathname === '/open' && request.method === 'GET') {
    const cookie = guard.redeem(url.searchParams.get('t'))
    if (cookie === null) return refuse(response, { status: 403, reason: 'token used or wrong' })
    response.writeHead(303, { ...HEADERS, Location: '/', 'Set-Cookie': cookie })
    response.end()
    return
  }
  if (!guard.knows(request)) return refuse(response, { status: 403, reason: 'not our window' })
  if (url.pathname === '/events') return sendEvents(request, response, deps)
  if (url.pathname.startsWith('/api/')) {
    return answerCall(request, response, url.pathname.slice('/api/'.length), deps)
  }
  if (request.method !== 'GET') return refuse(response, { status: 405, reason: 'only GET' })
  sendFile(response, decodeURIComponent(url.pathname), deps)
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Permissions-Policy': PERMISSIONS_POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': contentSecurityPolicy("'self'"),
} as const

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`${reason}\n`)
}

function sendFile(response: ServerResponse, path: string, { files }: LoopbackDeps): void {
  const file = files.get(path)
  if (file === null) return refuse(response, { status: 404, reason: 'not found' })
  response.writeHead(200, { ...HEADERS, 'Content-Type': file.type })
  response.end(file.bytes)
}

async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  { call }: LoopbackDeps,
): Promise<void> {
  if (request.method !== 'POST') return refuse(response, { status: 405, reason: 'only POST' })
  if (request.headers['content-type'] !== CALL_TYPE) {
    return refuse(response, { status: 415, reason: 'foreign content type' })
  }
  const body = await readBody(request)
  if (body === null) return refuse(response, { status: 413, reason: 'too large' })
  const input = decodeMessage(body)
  if (input === undefined) return refuse(response, BAD_REQUEST)
  const message = encodeMessage(await call(method, input))
  response.writeHead(200, { ...HEADERS, 'Content-Type': CALL_TYPE })
  response.end(message)
}

/** @returns null as soon as the body is larger than it may be */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return null
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    total += chunk.length
    if (total > BODY_LIMIT) return null
    chunks.push(chunk)
  }
  const body = new Uint8Array(total)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.length
  }
  return body
}

/** Server-sent events (HTML, 9.2). */
function sendEvents(request: IncomingMessage, response: ServerResponse, deps: LoopbackDeps): void {
  if (request.method !== 'GET') return refuse(response, { status: 405, reason: 'only GET' })
  response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' })
  response.write(': ready\n\n')
  const ends = EVENTS.map((event) =>
    deps.subscribe(event, (value) => {
      response.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`)
    }),
  )
  request.on('close', () => {
    for (const end of ends) end()
  })
}
