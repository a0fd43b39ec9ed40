import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeAtomically } from '../../../src/main/hosts/write-atomically.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eichlicht-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bytes = Buffer.from('report')

test('a file is written, and nothing stays beside it', async () => {
  await writeAtomically(join(folder, 'a.pdf'), bytes)
  expect(readdirSync(folder)).toEqual(['a.pdf'])
  expect(readFileSync(join(folder, 'a.pdf'), 'utf8')).toBe('report')
})

test('a file that is there is replaced', async () => {
  writeFileSync(join(folder, 'a.pdf'), 'something longer than before')
  await writeAtomically(join(folder, 'a.pdf'), bytes)
  expect(readFileSync(join(folder, 'a.pdf'), 'utf8')).toBe('report')
})

test('behind a link the file is replaced, not the link', async () => {
  mkdirSync(join(folder, 'real'))
  writeFileSync(join(folder, 'real', 'a.pdf'), 'old')
  symlinkSync(join(folder, 'real', 'a.pdf'), join(folder, 'link.pdf'))
  await writeAtomically(join(folder, 'link.pdf'), bytes)
  expect(readFileSync(join(folder, 'real', 'a.pdf'), 'utf8')).toBe('report')
  expect(readdirSync(folder).toSorted()).toEqual(['link.pdf', 'real'])
})

test('where it cannot be written, what was there stays and nothing is left behind', async () => {
  mkdirSync(join(folder, 'a.pdf', 'inside'), { recursive: true })
  await expect(writeAtomically(join(folder, 'a.pdf'), bytes)).rejects.toThrow(/EISDIR|ENOTEMPTY/)
  expect(readdirSync(folder)).toEqual(['a.pdf'])
  await expect(writeAtomically(join(folder, 'no', 'a.pdf'), bytes)).rejects.toThrow('ENOENT')
  expect(readdirSync(folder)).toEqual(['a.pdf'])
})
