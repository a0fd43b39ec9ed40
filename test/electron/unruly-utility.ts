/**
 * A utility process that behaves as the name of its input says. For tests of the pool only.
 *
 * @module
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Task, pack } from '../../src/main/pool/protocol.ts'

async function behave(name: string): Promise<void> {
  switch (name) {
    case 'loop':
      for (;;);
    case 'heap': {
      const held: string[] = []
      for (let i = 0; ; i++) held.push(`${i}`.repeat(1000).split('').join('.'))
    }
    case 'bytes': {
      // Beside the heap, where V8's own limit does not reach.
      const held: Uint8Array[] = []
      for (;;) {
        held.push(new Uint8Array(32 * 1024 * 1024).fill(1))
        await wait(20)
      }
    }
    case 'crash':
      throw new Error('crashed')
    case 'exit':
      process.exit(0)
  }
}

process.parentPort.on('message', ({ data }: { data: Task }) => {
  const { name } = data.source
  void behave(name).then(() => {
    const result = {
      name,
      sha256: null,
      bytes: null,
      findings: [],
      records: [],
      keys: [],
      claims: [],
      signatures: [],
      wantsKeys: false,
      wantsWorker: false,
      members: [],
    }
    process.parentPort.postMessage(pack({ kind: 'result', result }))
  })
})

process.parentPort.postMessage({ kind: 'ready' })
