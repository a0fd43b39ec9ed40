/**
 * The native menu. It holds only what works from anywhere in the window; there is no "reload",
 * which would throw results away, and there are no tools for developers: they look at the same
 * page in the browser host.
 *
 * @module
 */
import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '../../../shared/i18n/index.ts'
import type { LinkId } from './links.ts'
import { type MenuText, menuText } from './texts.ts'

export interface MenuActions {
  open: (folders: boolean) => void
  about: () => void
  link: (id: LinkId) => void
}

export interface MenuFacts {
  language: Language
  platform: NodeJS.Platform
}

type Item = MenuItemConstructorOptions

export function menuTemplate(facts: MenuFacts, actions: MenuActions): Item[] {
  const { language, platform } = facts
  const mac = platform === 'darwin'
  const label = (key: MenuText) => menuText(language, key, platform)
  const role = (name: NonNullable<Item['role']>, key: MenuText): Item => ({
    role: name,
    label: label(key),
  })
  const separator: Item = { type: 'separator' }
  const about: Item = { label: label('about'), click: actions.about }

  const app: Item = {
    label: 'Eichlicht',
    submenu: [
      about,
      separator,
      role('services', 'services'),
      separator,
      role('hide', 'hide'),
      role('hideOthers', 'hideOthers'),
      role('unhide', 'showAll'),
      separator,
      role('quit', 'quitMac'),
    ],
  }
  const file: Item = {
    label: label('file'),
    submenu: [
      {
        label: label('openFiles'),
        accelerator: 'CmdOrCtrl+O',
        click: () => actions.open(false),
      },
      {
        label: label('openFolder'),
        accelerator: 'CmdOrCtrl+Shift+O',
        click: () => actions.open(true),
      },
      separator,
      mac ? role('close', 'closeWindow') : quit(platform, label('quit')),
    ],
  }
  const edit: Item = {
    label: label('edit'),
    submenu: [
      role('undo', 'undo'),
      role('redo', 'redo'),
      separator,
      role('cut', 'cut'),
      role('copy', 'copy'),
      role('paste', 'paste'),
      role('delete', 'delete'),
      separator,
      role('selectAll', 'selectAll'),
    ],
  }
  const view: Item = {
    label: label('view'),
    submenu: [
      role('resetZoom', 'zoomReset'),
      // On most keyboards "+" needs Shift, and Chromium's own shortcut is Ctrl and "=".
      { ...role('zoomIn', 'zoomIn'), accelerator: 'CmdOrCtrl+Plus' },
      role('zoomOut', 'zoomOut'),
      separator,
      role('togglefullscreen', 'fullScreen'),
    ],
  }
  const window: Item = {
    label: label('window'),
    role: 'window',
    submenu: [
      role('minimize', 'minimize'),
      role('zoom', 'zoomWindow'),
      separator,
      role('front', 'front'),
    ],
  }
  const help: Item = {
    label: label('help'),
    role: 'help',
    submenu: [
      { label: label('messeg33'), click: () => actions.link('messeg33') },
      { label: label('messeg39'), click: () => actions.link('messeg39') },
      ...(mac ? [] : [separator, about]),
    ],
  }
  return mac ? [app, file, edit, view, window, help] : [file, edit, view, help]
}

/** Windows closes with Alt+F4 by itself; elsewhere Ctrl+Q is the custom. */
function quit(platform: NodeJS.Platform, label: string): Item {
  return platform === 'win32'
    ? { role: 'quit', label }
    : { role: 'quit', label, accelerator: 'Ctrl+Q' }
}
