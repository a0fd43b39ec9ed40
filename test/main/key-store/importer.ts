/** Imports a register and says when rows are being written; to be killed by `register.test.ts`. */
import { importRegister } from '../../../src/main/key-store/register-import.ts'

const [store = '', path = ''] = process.argv.slice(2)
let said = false
await importRegister(store, path, {
  now: () => new Date(),
  onProgress: () => {
    if (!said) process.stdout.write('writing\n')
    said = true
  },
})
