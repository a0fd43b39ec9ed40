/**
 * Whom the built browser host answers, and that nothing sent to it ends it. Without a browser:
 * every request is written by hand.
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeMessage, decodeMessage } from '../../src/shared/wire.ts'
import { end, startServer } from './hosts.ts'
import { POLICY } from './policy.ts'
import { temporaryFolder } from './temporary.ts'

const CALL_TYPE = 'application/vnd.eichlicht.call'
const folder = temporaryFolder()
let server: ChildProcess
let opening: URL
let cookie = ''

beforeAll(async () => {
  const started = await startServer(folder.path)
  server = started.process
  opening = new URL(started.address)
})
afterAll(async () => {
  await end(server)
  folder.remove()
})

interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A path is sent as it is; nothing is made tidy. */
function ask(
  path: string,
  { headers = {}, ...options }: RequestOptions = {},
  body?: Uint8Array,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: opening.port, path, headers, ...options },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const { statusCode = 0, headers: given } = response
          resolve({ status: statusCode, headers: given, body: Buffer.concat(chunks) })
        })
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const own = (more: Record<string, string> = {}) => ({ Cookie: cookie, ...more })

async function call(method: string, input: unknown, headers = {}): Promise<Reply> {
  const options = { method: 'POST', headers: own({ 'Content-Type': CALL_TYPE, ...headers }) }
  return ask(`/api/${method}`, options, encodeMessage(input))
}

const answerOf = ({ body }: Reply) => decodeMessage(body)
const about = async () => answerOf(await call('about', null))

describe('the address', () => {
  test.each(['/', '/index.html', '/events', '/api/about'])(
    '%s is nothing without the cookie',
    async (path) => {
      expect((await ask(path)).status).toBe(403)
      expect((await ask(path, { headers: { Cookie: 'eichlicht=x' } })).status).toBe(403)
    },
  )

  test.each(['', 'x', 'a'.repeat(43), '%00', 'a'.repeat(10_000)])(
    'opens nothing with a wrong token (%#)',
    async (token) => {
      const reply = await ask(`/open?t=${token}`)
      expect(reply.status).toBe(403)
      expect(reply.headers['set-cookie']).toBeUndefined()
    },
  )

  test('is not for other hosts, and its token stays good', async () => {
    const foreign = await ask(opening.pathname + opening.search, {
      headers: { Host: 'evil.example' },
    })
    expect(foreign.status).toBe(421)
    expect(foreign.headers['set-cookie']).toBeUndefined()
  })

  test('opens the window once', async () => {
    const reply = await ask(opening.pathname + opening.search)
    expect(reply.status).toBe(303)
    expect(reply.headers.location).toBe('/')
    const [set = ''] = reply.headers['set-cookie'] ?? []
    expect(set).toMatch(
      new RegExp(`^eichlicht-${opening.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    )
    cookie = set.split(';')[0] ?? ''
    expect((await ask(opening.pathname + opening.search)).status).toBe(403)
    expect(await about()).toMatchObject({ ok: true, value: { host: 'browser' } })
  })
})

describe('the page', () => {
  test('comes with its policy, is kept nowhere and told to nobody', async () => {
    const { status, headers } = await ask('/', { headers: own() })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      // As in the desktop application, except that it may ask its own host.
      'content-security-policy': POLICY.replace("connect-src 'none'", "connect-src 'self'"),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/../../main.mjs',
    '/..\\main.mjs',
    '/manifest.json',
    '/main.mjs',
    '/assets',
    '//etc/passwd',
    '/index.html%00',
    '/__proto__',
  ])('gives no other file: %s', async (path) => {
    expect((await ask(path, { headers: own() })).status).toBe(404)
  })
})

describe('nobody else', () => {
  test.each([
    ['another host', { Host: 'evil.example' }, 421],
    ['a host that means this machine', { Host: 'localhost' }, 421],
    ['a host with another port', { Host: '127.0.0.1:1' }, 421],
    ['another origin', { Origin: 'https://evil.example' }, 403],
    ['an opaque origin', { Origin: 'null' }, 403],
    ['the origin of another port', { Origin: 'http://127.0.0.1:1' }, 403],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['another program on this machine in a browser', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['no cookie', { Cookie: '' }, 403],
    ['the cookie of another instance', { Cookie: 'eichlicht-1=x' }, 403],
    ['a cookie that is cut off', { Cookie: 'CUT' }, 403],
  ])('with %s is answered, whatever is asked', async (_, headers, status) => {
    const given =
      'Cookie' in headers && headers.Cookie === 'CUT' ? { Cookie: cookie.slice(0, -1) } : headers
    expect((await call('about', null, given)).status).toBe(status)
    expect((await ask('/', { headers: own(given) })).status).toBe(status)
    expect((await ask('/events', { headers: own(given) })).status).toBe(status)
  })

  test('learns by a preflight that he may ask', async () => {
    const reply = await ask('/api/about', {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    })
    expect(reply.status).toBe(403)
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-'))).toEqual([])
  })
})

describe('a call', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'that a form could send (%s) is refused',
    async (type) => {
      expect((await call('about', null, { 'Content-Type': type })).status).toBe(415)
    },
  )

  test('is a POST', async () => {
    expect((await ask('/api/about', { headers: own() })).status).toBe(405)
    expect((await ask('/', { method: 'DELETE', headers: own() })).status).toBe(405)
  })

  test.each([
    ['nothing', 'unknown-method'],
    ['__proto__', 'unknown-method'],
    ['constructor', 'unknown-method'],
    ['', 'unknown-method'],
    ['about/', 'unknown-method'],
    ['%zz', 'unknown-method'],
    ['../about', 405],
  ])('of the method "%s" is answered with a refusal', async (method, expected) => {
    const reply = await call(method, null)
    const { error } = (answerOf(reply) ?? {}) as { error?: { code: string } }
    expect(reply.status === 200 ? error?.code : reply.status).toBe(expected)
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['a head without its end', new Uint8Array([0, 0, 0, 9, 110])],
    ['a head as long as the world', new Uint8Array([255, 255, 255, 255, 110, 117])],
    ['broken text', new Uint8Array([0, 0, 0, 2, 0xff, 0xff])],
    ['broken JSON', new Uint8Array([0, 0, 0, 1, 123])],
    ['more bytes than it says', new Uint8Array([...encodeMessage(null), 1])],
  ])('whose body is %s is refused', async (_, body) => {
    const options = { method: 'POST', headers: own({ 'Content-Type': CALL_TYPE }) }
    expect((await ask('/api/about', options, body)).status).toBe(400)
  })

  test('that announces more than it may carry is refused before it is sent', async () => {
    const headers = own({ 'Content-Type': CALL_TYPE, 'Content-Length': String(100 * 1024 * 1024) })
    const answer = new Promise<number>((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: opening.port,
        path: '/api/addFiles',
        method: 'POST',
        headers,
      }
      const sent = request(options, (response) => {
        resolve(response.statusCode ?? 0)
        sent.destroy()
      })
      sent.on('error', reject)
      sent.flushHeaders()
    })
    expect(await answer).toBe(413)
  })

  test('that carries more than it announces nothing about is cut off', async () => {
    const status = new Promise<number>((resolve) => {
      const headers = own({ 'Content-Type': CALL_TYPE, 'Transfer-Encoding': 'chunked' })
      const options = {
        host: '127.0.0.1',
        port: opening.port,
        path: '/api/addFiles',
        method: 'POST',
        headers,
      }
      const sent = request(options, (response) => {
        resolve(response.statusCode ?? 0)
        sent.destroy()
      })
      const chunk = new Uint8Array(1024 * 1024)
      let left = 80
      const more = () => {
        if (left-- > 0 && !sent.destroyed) sent.write(chunk, more)
      }
      sent.on('error', () => resolve(0))
      more()
    })
    // Whoever goes on sending may find the line cut before the answer is read.
    expect([0, 413]).toContain(await status)
    expect(await about()).toMatchObject({ ok: true })
  })
})

describe('nothing ends the program', () => {
  test.each([
    '/%zz',
    '/%',
    '/%E0%A4%A',
    '/%c0%af',
    '/api/%zz',
    '/open?t=%zz',
    '//',
    '/\\',
    '*',
    'x',
  ])('neither the path %s', async (path) => {
    const { status } = await ask(path, { headers: own() })
    expect([400, 403, 404, 405]).toContain(status)
    expect(await about()).toMatchObject({ ok: true })
  })

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    [
      'the address of another server',
      'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    ],
    [
      'an upgrade',
      'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
    ['half a request', 'POST /api/about HTTP/1.1\r\nContent-Length: 50\r\n'],
  ])('nor %s', async (_, bytes) => {
    const socket = connect(Number(opening.port), '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write(bytes)
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    expect(await about()).toMatchObject({ ok: true })
  })

  test('nor a window that goes away while it is answered', async () => {
    for (let times = 0; times < 20; times++) {
      const sent = request({
        host: '127.0.0.1',
        port: opening.port,
        path: '/events',
        headers: own(),
      })
      sent.on('error', () => {})
      sent.end()
      await once(sent, 'response')
      sent.destroy()
    }
    expect(await about()).toMatchObject({ ok: true })
  })
})

describe('the program', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends by %s, with a window open',
    async (signal) => {
      const kept = temporaryFolder()
      const { process: started, address } = await startServer(kept.path)
      const { port, pathname, search } = new URL(address)
      const opened = await ask(pathname + search, { port })
      const headers = { Cookie: (opened.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '' }
      const events = request({ host: '127.0.0.1', port, path: '/events', headers })
      events.on('error', () => {})
      events.end()
      await once(events, 'response')
      const exited = once(started, 'exit')
      started.kill(signal)
      expect(await exited).toEqual([0, null])
      kept.remove()
    },
  )

  test('listens on this machine only', async () => {
    const socket = connect({ port: Number(opening.port), host: '::1' })
    const outcome = await Promise.race([
      once(socket, 'connect').then(() => 'connected'),
      once(socket, 'error').then(() => 'refused'),
    ]).catch(() => 'refused')
    socket.destroy()
    expect(outcome).toBe('refused')
  })
})
