/**
 * A program that changes a key store until it is killed, and says so after each change.
 *
 *     node writer.ts <file> <name>     one line of JSON for every change that was acknowledged
 */
import { writeSync } from 'node:fs'
import { openStore } from '../../../src/main/key-store/open.ts'
import { NOTHING, READ, newKey } from './keys.ts'

/** What a line says; the number is the label that the entry has then. */
export type Acknowledged =
  | { done: 'add' | 'edit' | 'confirm' | 'remove' | 'restore'; id: number; number: number }
  | { done: 'import'; seeds: string[] }

export const IMPORTED = 40
export const listLabel = (name: string) => `list-of-${name.replace(' ', '-')}-`

const [, , file = '', name = ''] = process.argv

if (import.meta.main) {
  const { store, reason } = openStore(file)
  if (store === null) throw new Error(String(reason))
  const say = (line: Acknowledged) => writeSync(1, `${JSON.stringify(line)}\n`)
  for (let round = 0; ; round++) {
    const number = round * 10
    const { id } = store.add(newKey(`${name} ${round}`, { meter: `M${round}`, label: `${number}` }))
    say({ done: 'add', id, number })
    store.edit(id, { ...NOTHING, meter: `M${round}`, label: `${number + 1}` })
    say({ done: 'edit', id, number: number + 1 })
    store.confirm(id, READ)
    say({ done: 'confirm', id, number: number + 1 })
    store.remove(id, 'test')
    say({ done: 'remove', id, number: number + 1 })
    store.restore(id)
    say({ done: 'restore', id, number: number + 1 })
    const seeds = Array.from({ length: IMPORTED }, (_, index) => `${name} ${round} list ${index}`)
    store.import(
      seeds.map((seed) => newKey(seed, { meter: seed, label: listLabel(name) })),
      { file: 'list' },
      'issuer',
    )
    say({ done: 'import', seeds })
  }
}
