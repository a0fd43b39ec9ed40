/**
 * The way to the host: `window.eichlicht` in the desktop application, HTTP in a browser.
 *
 * @module
 */
import {
  EVENTS,
  type Answer,
  type Events,
  type Input,
  type Method,
  type Output,
  type Transport,
} from '../shared/api.ts'
import { decodeMessage, encodeMessage } from '../shared/wire.ts'

declare global {
  interface Window {
    eichlicht?: Transport
  }
}

const CALL_TYPE = 'application/vnd.eichlicht.call'

function httpTransport(): Transport {
  const listeners = new Map<keyof Events, Set<(value: never) => void>>()
  const source = new EventSource('./events')
  for (const event of EVENTS) {
    source.addEventListener(event, (message: MessageEvent<string>) => {
      for (const listener of listeners.get(event) ?? []) listener(JSON.parse(message.data) as never)
    })
  }
  return {
    async call<M extends Method>(method: M, input: Input<M>): Promise<Answer<Output<M>>> {
      try {
        const response = await fetch(`./api/${method}`, {
          method: 'POST',
          headers: { 'Content-Type': CALL_TYPE },
          body: encodeMessage(input) as Uint8Array<ArrayBuffer>,
        })
        if (!response.ok) return failed(response.status === 413 ? 'too-large' : 'internal')
        const answer = decodeMessage(new Uint8Array(await response.arrayBuffer()))
        return answer === undefined ? failed('internal') : (answer as Answer<Output<M>>)
      } catch {
        return failed('no-host')
      }
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
  }
}

function failed(code: 'too-large' | 'internal' | 'no-host') {
  return { ok: false, error: { code, detail: '' } } as const
}

export const host: Transport = window.eichlicht ?? httpTransport()

/** A call that was refused, with the code of the contract. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** @throws CallError */
export async function call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  const answer = await host.call(method, input)
  if (!answer.ok) throw new CallError(answer.error.code)
  return answer.value
}
