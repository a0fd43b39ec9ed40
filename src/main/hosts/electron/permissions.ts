/**
 * What a page may ask the browser engine for: nothing but the camera, while `CameraGate` is open.
 * Without these handlers Electron says yes.
 *
 * Source: Electron security guide, item 5; requirements E.1, item 5.
 *
 * @module
 */
import type { Session, WebContents } from 'electron'
import type { CameraGate } from './camera-gate.ts'

export function denyPermissions(session: Session, camera: CameraGate): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(camera.admits(contents, permission, details))
  })
  session.setPermissionCheckHandler((contents, permission, requestingUrl, details) => {
    return camera.admits(contents, permission, { ...details, requestingUrl })
  })
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  // The answer names the classes that stay protected: all of them.
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault()
    choose(null)
  })
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault()
    choose('')
  })
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
  session.on('file-system-access-restricted', (_event, _details, answer) => answer('deny'))
  // Files leave through the dialog for saving only.
  session.on('will-download', (event) => event.preventDefault())
}

export function denyBluetooth(contents: WebContents): void {
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault()
    choose('')
  })
}
