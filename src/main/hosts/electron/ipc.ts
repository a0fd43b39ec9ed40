/**
 * Calls of the window: one channel, answered to our own page only.
 *
 * Source: Electron security guide, items 17 and 20; requirements E.1.
 *
 * @module
 */
import { type IpcMainInvokeEvent, type WebContents, ipcMain } from 'electron'
import { type Answer, type ApiError, METHODS, type Method } from '../../../shared/api.ts'
import { PHOTO_BYTES } from '../../../shared/model/stored-key.ts'
import { LIMITS } from '../../engine/limits.ts'
import { ORIGIN, isPage } from './app-page.ts'
import { CALL_CHANNEL } from './channels.ts'
import { type MessageLimits, faultOf } from './message-size.ts'

/** @param call answers a known method; never throws */
export function answerCalls(call: (method: Method, input: unknown) => Promise<Answer<unknown>>) {
  const methods: ReadonlyMap<string, Method> = new Map(METHODS.map((method) => [method, method]))
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, input: unknown) => {
    if (!isOwnPage(event)) throw new Error('refused')
    const method = typeof name === 'string' ? methods.get(name) : undefined
    if (method === undefined) return refused('unknown-method')
    const fault = faultOf(input, { ...MESSAGE, ...LARGER[method] })
    return fault === null ? call(method, input) : refused(fault)
  })
}

const MESSAGE: MessageLimits = { size: 1024 * 1024, values: 1000, depth: 8 }

/** Methods that carry files. */
const LARGER: Partial<Record<Method, Partial<MessageLimits>>> = {
  addFiles: { size: LIMITS.jobBytes + 16 * 1024 * 1024, values: 4 * LIMITS.jobInputs },
  lookAt: { size: LIMITS.fileBytes + 4096 },
  importKeys: { size: LIMITS.fileBytes + 4096 },
  saveKeyPhoto: { size: PHOTO_BYTES + 4096 },
}

function refused(code: ApiError): Answer<never> {
  return { ok: false, error: { code, detail: '' } }
}

/** The top frame of a window of ours, showing our page. */
function isOwnPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  // The frame is gone, or has navigated, since it sent this.
  if (senderFrame === null || senderFrame.parent !== null) return false
  if (senderFrame.frameTreeNodeId !== sender.mainFrame.frameTreeNodeId) return false
  return senderFrame.origin === ORIGIN && isPage(senderFrame.url)
}

/** Whether the window may be told anything: it still shows our page. */
export function isListening(contents: WebContents): boolean {
  return !contents.isDestroyed() && isPage(contents.getURL())
}
