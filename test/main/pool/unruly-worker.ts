/**
 * A worker that behaves as the name of its input says. For tests of the pool only.
 *
 * @module
 */
import { parentPort } from 'node:worker_threads'
import { pack } from '../../../src/main/pool/protocol.ts'
import type { Task } from '../../../src/main/pool/protocol.ts'

parentPort?.on('message', ({ source: { name } }: Task) => {
  switch (name) {
    case 'loop':
      for (;;);
    case 'memory': {
      const held: string[] = []
      for (let i = 0; ; i++) held.push(`${i}`.repeat(1000).split('').join('.'))
    }
    case 'bytes': {
      const held: Uint8Array[] = []
      for (;;) held.push(new Uint8Array(1024 * 1024).fill(held.length))
    }
    case 'crash':
      throw new Error('crashed')
    case 'exit':
      process.exit(0)
  }
  const result = {
    name,
    sha256: null,
    bytes: null,
    records: [],
    keys: [],
    findings: [],
    claims: [],
    signatures: [],
    wantsKeys: false,
    wantsWorker: false,
    members: [],
  }
  parentPort?.postMessage(pack({ kind: 'result', result }))
})

parentPort?.postMessage({ kind: 'ready' })
