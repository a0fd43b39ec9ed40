import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inputSources } from '../../../../src/main/hosts/cli/inputs.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'eichlicht-inputs-'))
  chmodSync(root, 0o755)
  for (const folder of ['full/b', 'full/a/deep', 'empty/below']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  for (const file of ['full/z.txt', 'full/b/1', 'full/a/deep/x', 'full/.hidden', 'full/a/ü']) {
    writeFileSync(join(root, file), 'x')
  }
  symlinkSync(join(root, 'full'), join(root, 'full/b/back'))
  symlinkSync(join(root, 'loop'), join(root, 'loop'))
})
afterAll(() => rmSync(root, { recursive: true }))

function named(paths: string[], recursive: boolean, standardInput: Uint8Array | null = null) {
  return [...inputSources(paths, recursive, standardInput)].map(({ kind, name }) => ({
    kind,
    name,
  }))
}
const path = (name: string) => ({ kind: 'path', name })

describe('every path gives a row', () => {
  test('files stay in the order in which they were named, also twice', () => {
    expect(named(['b', 'a', 'b'], false)).toEqual(['b', 'a', 'b'].map(path))
  })

  test('a folder is one input where nobody asked to read it', () => {
    expect(named([join(root, 'full')], false)).toEqual([path(join(root, 'full'))])
  })

  test('a folder gives all files below it in the order of their names, and follows no link', () => {
    const full = join(root, 'full')
    const inside = ['.hidden', 'a/deep/x', 'a/ü', 'b/1', 'b/back', 'z.txt']
    expect(named([full], true)).toEqual(inside.map((name) => path(join(full, name))))
  })

  test('a folder without files is a row that says so', () => {
    const empty = join(root, 'empty')
    const [source] = inputSources([empty], true, null)
    expect(source).toEqual({ kind: 'unreadable', name: empty, reason: 'no-folder-input' })
  })

  test.each([
    ['a link to itself', () => join(root, 'loop')],
    ['a name longer than any file system takes', () => 'x'.repeat(5000)],
    ['a file that is not there', () => join(root, 'nowhere')],
    ['a path through a file', () => join(root, 'full/z.txt/below')],
  ])('%s is a row and stops no other', (_, name) => {
    expect(named([name(), join(root, 'full/z.txt')], true)).toEqual([
      path(name()),
      path(join(root, 'full/z.txt')),
    ])
  })

  test('a folder that cannot be listed is a row and stops no other', () => {
    const closed = join(root, 'closed')
    mkdirSync(closed, { mode: 0o000 })
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      const sources = [...inputSources([join(root, 'closed'), '-'], true, Uint8Array.of(1))]
      expect(sources).toEqual([
        { kind: 'unreadable', name: closed, reason: 'forbidden' },
        { kind: 'bytes', name: '-', bytes: Uint8Array.of(1) },
      ])
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})

describe('standard input', () => {
  test('a dash is what was read from it', () => {
    expect(named(['-', 'a'], false, Uint8Array.of(1))).toEqual([
      { kind: 'bytes', name: '-' },
      path('a'),
    ])
  })

  test('without it a dash is the name of a file', () => {
    expect(named(['-'], true)).toEqual([path('-')])
  })
})
