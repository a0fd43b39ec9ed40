/**
 * Who takes files that are dropped on the window or pasted into it: the check, unless a dialog
 * above it wants them for itself.
 *
 * @module
 */
import { useEffect, useRef } from 'react'
import type { FoundFile } from './dropped-files.ts'

type Take = (files: FoundFile[]) => void

const receivers: { take: Take }[] = []

/** As long as the component is there, files are its own. */
export function useFiles(take: Take): void {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const receiver = { take: (files: FoundFile[]) => latest.current(files) }
    receivers.push(receiver)
    return () => void receivers.splice(receivers.indexOf(receiver), 1)
  }, [])
}

/**
 * @param otherwise takes them where no dialog is open; a dialog that does not want files keeps
 *   them from what lies below
 */
export function receive(files: FoundFile[], otherwise: Take): void {
  const receiver = receivers.at(-1)
  if (receiver !== undefined) receiver.take(files)
  else if (document.querySelector('dialog[open]') === null) otherwise(files)
}
