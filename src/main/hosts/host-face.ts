/**
 * What differs between the hosts of the window: dialogs, saving, files the program was given.
 *
 * @module
 */
import type { SaveOutcome } from '../../shared/api.ts'

export interface HostFace {
  kind: 'electron' | 'browser'
  /**
   * Asks the user for files, or for folders.
   *
   * @returns their paths, none where the user thought better of it; null where the host has no
   *   dialog and the window has to ask
   */
  chooseFiles(folders: boolean): Promise<string[] | null>
  /**
   * Lets the user choose a place for a file and writes it there whole, or hands the bytes back
   * for the window to offer.
   *
   * @param name file name to propose
   * @param type media type
   * @throws an error of the file system where the file could not be written
   */
  saveFile(name: string, type: string, bytes: Uint8Array): Promise<SaveOutcome>
  /** Paths the program was started with, or that were opened with it since; takes them away. */
  waiting(): string[]
  /** How many {@link HostFace.waiting} would take. */
  waitingCount(): number
  /** The window shows the camera, or no longer. */
  showCamera(open: boolean): void
}
