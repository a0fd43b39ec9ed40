/**
 * Words of the native menus and dialogs. A missing one does not compile.
 *
 * @module
 */
import type { Language } from '../../../shared/i18n/index.ts'

const de = {
  file: '&Datei',
  openFiles: '&Dateien öffnen …',
  openFolder: '&Ordner öffnen …',
  closeWindow: 'Fenster &schließen',
  quit: '&Beenden',
  quitMac: 'Eichlicht beenden',
  edit: '&Bearbeiten',
  undo: '&Rückgängig',
  redo: '&Wiederholen',
  cut: '&Ausschneiden',
  copy: '&Kopieren',
  paste: '&Einfügen',
  delete: '&Löschen',
  selectAll: 'Alles a&uswählen',
  view: '&Ansicht',
  zoomIn: '&Vergrößern',
  zoomOut: 'Ver&kleinern',
  zoomReset: '&Originalgröße',
  fullScreen: 'Voll&bild',
  window: '&Fenster',
  minimize: '&Minimieren',
  zoomWindow: 'Zoomen',
  front: 'Alle nach vorne bringen',
  help: '&Hilfe',
  about: '&Über Eichlicht',
  messeg33: '§ 33 MessEG (im Browser)',
  messeg39: '§ 39 MessEG: Befundprüfung (im Browser)',
  services: 'Dienste',
  hide: 'Eichlicht ausblenden',
  hideOthers: 'Andere ausblenden',
  showAll: 'Alle einblenden',
  allFiles: 'Alle Dateien',
  aboutCore: 'Kern',
  failedTitle: 'Eichlicht konnte nicht starten',
}

export type MenuText = keyof typeof de

const en: Record<MenuText, string> = {
  file: '&File',
  openFiles: '&Open files …',
  openFolder: 'Open &folder …',
  closeWindow: '&Close window',
  quit: '&Quit',
  quitMac: 'Quit Eichlicht',
  edit: '&Edit',
  undo: '&Undo',
  redo: '&Redo',
  cut: 'Cu&t',
  copy: '&Copy',
  paste: '&Paste',
  delete: '&Delete',
  selectAll: 'Select &all',
  view: '&View',
  zoomIn: 'Zoom &in',
  zoomOut: 'Zoom &out',
  zoomReset: '&Actual size',
  fullScreen: '&Full screen',
  window: '&Window',
  minimize: '&Minimise',
  zoomWindow: 'Zoom',
  front: 'Bring all to front',
  help: '&Help',
  about: '&About Eichlicht',
  messeg33: '§ 33 MessEG (German, in your browser)',
  messeg39: '§ 39 MessEG: examination of a meter (German, in your browser)',
  services: 'Services',
  hide: 'Hide Eichlicht',
  hideOthers: 'Hide others',
  showAll: 'Show all',
  allFiles: 'All files',
  aboutCore: 'Core',
  failedTitle: 'Eichlicht could not start',
}

const TEXTS: Record<Language, Record<MenuText, string>> = { de, en }

/**
 * @param platform macOS has no underlined letters in menus; there the marks for them are left out
 */
export function menuText(language: Language, key: MenuText, platform: NodeJS.Platform): string {
  const words = TEXTS[language][key]
  return platform === 'darwin' ? words.replace('&', '') : words
}
