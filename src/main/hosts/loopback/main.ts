/**
 * The window in the user's own browser, for machines without Electron: serves it on 127.0.0.1,
 * opens it, and ends when it is asked to (Ctrl+C, SIGTERM).
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createApi } from '../../api.ts'
import { launchThread } from '../../pool/thread.ts'
import type { Events } from '../../../shared/api.ts'
import { type Language, text } from '../../../shared/i18n/index.ts'
import type { HostFace } from '../host-face.ts'
import { staticFiles } from '../static-files.ts'
import { systemLocale } from '../system-locale.ts'
import { WaitingFiles } from '../waiting-files.ts'
import { windowOptions } from '../window-options.ts'
import { openBrowser } from './open-browser.ts'
import { Subscribers } from './subscribers.ts'
import { serveLoopback } from './server.ts'

/** The built files of the window, beside the program's own. */
const RENDERER = join(import.meta.dirname, '..', 'renderer')

const { paths, store, noOpen } = windowOptions(process.argv.slice(2), process.cwd())
const locale: Language = systemLocale().startsWith('de') ? 'de' : 'en'
const subscribers = new Subscribers<Events>()
const waiting = new WaitingFiles((count) => subscribers.emit('files', { waiting: count }))
waiting.add(paths)

const host: HostFace = {
  kind: 'browser',
  // The browser has dialogs of its own, and keeps what it saves where the user wants it.
  chooseFiles: async () => null,
  saveFile: async (name, type, bytes) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { kind: 'bytes', name, type, bytes, sha256 }
  },
  waiting: () => waiting.take(),
  waitingCount: () => waiting.count,
  // The browser asks the user, for our origin and for nothing but pictures: see its headers.
  showCamera: () => {},
}
const api = createApi({
  host,
  locale,
  emit: (event, value) => subscribers.emit(event, value),
  store,
  launch: launchThread,
})
const server = await serveLoopback({
  files: staticFiles(RENDERER),
  call: (method, input) => api.call(method, input),
  subscribe: (event, listener) => subscribers.add(event, listener),
})

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  await server.close()
  await api.close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())

process.stdout.write(`${text(locale, 'loopback.address', { address: server.address })}\n`)
process.stdout.write(`${text(locale, 'loopback.end')}\n`)
if (!noOpen) openBrowser(server.address)
