/**
 * The whole window takes files: dropped anywhere, or pasted.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useApp } from '../actions.ts'
import { type FoundFile, fromFileList, fromTransfer } from '../dropped-files.ts'
import { receive } from '../file-receiver.ts'
import { useLanguage } from '../language.tsx'
import styles from './drop-area.module.css'
import { Icon } from './icon.tsx'

export function DropArea({ children }: { children: ReactNode }) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [over, setOver] = useState(false)
  const depth = useRef(0)

  useEffect(() => {
    const take = (files: FoundFile[]) => receive(files, (all) => void actions.check(all))
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      depth.current++
      // A dialog lies above the cover, and says itself what it takes.
      setOver(document.querySelector('dialog[open]') === null)
    }
    const onOver = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth.current--
      if (depth.current <= 0) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (event.dataTransfer === null || !carriesFiles(event)) return
      event.preventDefault()
      depth.current = 0
      setOver(false)
      void fromTransfer(event.dataTransfer).then(take)
    }
    const onPaste = (event: ClipboardEvent) => {
      const files = event.clipboardData?.files
      if (files === undefined || files.length === 0) return
      event.preventDefault()
      take(fromFileList(files))
    }
    window.addEventListener('dragenter', onEnter)
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragenter', onEnter)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('paste', onPaste)
    }
  }, [actions])

  return (
    <>
      {children}
      {over && (
        <div className={styles['cover']} aria-hidden="true">
          <Icon name="upload" size={64} />
          <strong>{t('drop.release')}</strong>
        </div>
      )}
    </>
  )
}
