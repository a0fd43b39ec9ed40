import { EventEmitter } from 'node:events'
import type { WebContents } from 'electron'
import { beforeEach, describe, expect, test } from 'vitest'
import { type CameraAsked, CameraGate } from '../../../../src/main/hosts/electron/camera-gate.ts'

const page = () => new EventEmitter() as unknown as WebContents

const REQUEST: CameraAsked = {
  isMainFrame: true,
  requestingUrl: 'app://eichlicht/',
  securityOrigin: 'app://eichlicht/',
  mediaTypes: ['video'],
}
const CHECK: CameraAsked = {
  isMainFrame: true,
  requestingUrl: 'app://eichlicht',
  securityOrigin: 'app://eichlicht',
  mediaType: 'video',
}

describe('the camera', () => {
  let gate: CameraGate
  let contents: WebContents
  const admits = (asked: CameraAsked = REQUEST) => gate.admits(contents, 'media', asked)
  beforeEach(() => {
    gate = new CameraGate()
    contents = page()
  })

  test('is for nobody who did not say that it is shown', () => {
    expect(admits()).toBe(false)
    gate.open(contents)
    expect([admits(REQUEST), admits(CHECK)]).toEqual([true, true])
    expect(gate.admits(page(), 'media', REQUEST)).toBe(false)
    expect(gate.admits(null, 'media', REQUEST)).toBe(false)
    gate.close()
    expect([admits(REQUEST), admits(CHECK)]).toEqual([false, false])
  })

  test.each(['geolocation', 'display-capture', 'clipboard-read', 'mediaKeySystem'])(
    'opens no way for %s',
    (permission) => {
      gate.open(contents)
      expect(gate.admits(contents, permission, REQUEST)).toBe(false)
    },
  )

  test.each<[string, CameraAsked]>([
    ['sound', { ...REQUEST, mediaTypes: ['audio'] }],
    ['sound with its pictures', { ...REQUEST, mediaTypes: ['video', 'audio'] }],
    ['nothing in particular', { ...REQUEST, mediaTypes: [] }],
    ['a check for sound', { ...CHECK, mediaType: 'audio' }],
    ['a frame inside the page', { ...REQUEST, isMainFrame: false }],
    ['another page', { ...REQUEST, requestingUrl: 'https://example.com/' }],
    ['another origin', { ...REQUEST, securityOrigin: 'app://other/' }],
    ['no place at all', { isMainFrame: true, mediaTypes: ['video'] }],
  ])('is not for %s', (_, asked) => {
    gate.open(contents)
    expect(admits(asked)).toBe(false)
  })

  test('is shut when the page is loaded anew or gone, not when it moves in itself', () => {
    const emitter = contents as unknown as EventEmitter
    gate.open(contents)
    emitter.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
    emitter.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false })
    expect(admits()).toBe(true)
    emitter.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    expect(admits()).toBe(false)
    gate.open(contents)
    emitter.emit('destroyed')
    expect(admits()).toBe(false)
    expect(emitter.eventNames()).toEqual([])
  })
})
