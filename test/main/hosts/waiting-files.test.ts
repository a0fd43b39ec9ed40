import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { WaitingFiles, pathsOf } from '../../../src/main/hosts/waiting-files.ts'

describe('waiting files', () => {
  test('are taken once, in the order they came, each a single time', () => {
    const told: number[] = []
    const waiting = new WaitingFiles((count) => told.push(count))
    waiting.add(['/b', '/a'])
    waiting.add(['/a', '/c'])
    expect([waiting.count, told]).toEqual([3, [2, 3]])
    expect(waiting.take()).toEqual(['/b', '/a', '/c'])
    expect([waiting.take(), waiting.count]).toEqual([[], 0])
  })

  test('tell nobody where nothing came', () => {
    const told: number[] = []
    const waiting = new WaitingFiles((count) => told.push(count))
    waiting.add([])
    waiting.add(['/a'])
    waiting.add(['/a'])
    expect(told).toEqual([1])
  })

  test('do not pile up for ever', () => {
    const waiting = new WaitingFiles(() => {})
    waiting.add(Array.from({ length: 100_001 }, (_, index) => `/${index}`))
    expect(waiting.count).toBe(100_000)
  })
})

describe('arguments', () => {
  const at = (path: string) => resolve('/home/somebody', path)

  test('are paths from the folder the program was started in', () => {
    expect(pathsOf(['a.xml', '../b.xml', '/c.xml'], '/home/somebody')).toEqual([
      at('a.xml'),
      at('../b.xml'),
      at('/c.xml'),
    ])
  })

  test('that begin with a dash are options, also those of the browser engine', () => {
    const args = ['--no-sandbox', '-x', 'a.xml', '--user-data-dir=/tmp', '']
    expect(pathsOf(args, '/home/somebody')).toEqual([at('a.xml')])
  })

  test('behind two dashes are all paths', () => {
    expect(pathsOf(['-x', '--', '-y', 'a.xml'], '/home/somebody')).toEqual([at('-y'), at('a.xml')])
  })
})
