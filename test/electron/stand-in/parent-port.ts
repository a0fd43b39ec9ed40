/**
 * `process.parentPort` of a utility process, in a process of Node's. Loaded before its program.
 *
 * @module
 */
import { EventEmitter } from 'node:events'

const port = Object.assign(new EventEmitter(), {
  postMessage(message: unknown) {
    process.send?.(message)
  },
})
// Messages wait until somebody listens, as Electron's port makes them.
port.once('newListener', () => {
  process.on('message', (data) => port.emit('message', { data, ports: [] }))
})
Object.defineProperty(process, 'parentPort', { value: port })
