/**
 * The check: where files go in, what is happening, what came out.
 *
 * @module
 */
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { useApp } from '../actions.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { ProgressView } from '../components/progress.tsx'
import { Camera } from '../components/camera.tsx'
import { UnmatchedBills } from '../components/invoice.tsx'
import { LIST_TOP, ResultList } from '../components/result-list.tsx'
import { fromFileList } from '../dropped-files.ts'
import { useFiles } from '../file-receiver.ts'
import { useLanguage } from '../language.tsx'
import styles from './check.module.css'
import { InputResultView, SessionView } from './result.tsx'
import { Unlock } from './unlock.tsx'
import { SaveMenu } from '../components/save-menu.tsx'

export function CheckView() {
  const { state } = useApp()
  const { work, result, dialog, unlocking } = state
  if (work !== null && work.files >= 0) return <ProgressView />
  return (
    <>
      {result === null ? <Start /> : <Results />}
      {dialog === 'paste' && <PasteDialog />}
      {dialog === 'camera' && <CameraDialog />}
      {unlocking !== null && <Unlock name={unlocking} />}
    </>
  )
}

function Start() {
  const { t } = useLanguage()
  const { state, dispatch } = useApp()
  return (
    <div className={styles['wrap']}>
      <header>
        <h1>{t('start.title')}</h1>
        <p className={styles['lead']}>{t('start.lead')}</p>
      </header>
      <DropZone />
      <div className={styles['cols']}>
        <section className="card">
          <h2>{t('start.invoice')}</h2>
          <p className="muted">{t('start.invoice.text')}</p>
          <p className={styles['more']}>
            <button
              type="button"
              className="link"
              onClick={() => dispatch({ type: 'help', place: 'data' })}
            >
              {t('start.invoice.link')}
            </button>
          </p>
        </section>
        <section className="card">
          <h2>{t('start.key')}</h2>
          <p className="muted">
            {t(state.about?.store === 'writable' ? 'start.key.text' : 'start.key.read-only')}
          </p>
          <p className={styles['more']}>
            <button
              type="button"
              className="link"
              onClick={() => dispatch({ type: 'view', view: 'keys' })}
            >
              {t('start.key.link')}
            </button>
          </p>
        </section>
      </div>
    </div>
  )
}

function DropZone() {
  const { t } = useLanguage()
  const { actions, dispatch } = useApp()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const choose = async (folders: boolean) => {
    const offered = await actions.choose(folders)
    if (!offered) (folders ? folder : files).current?.click()
  }
  const take = (input: HTMLInputElement) => {
    const found = fromFileList(input.files ?? [])
    input.value = ''
    void actions.check(found)
  }
  return (
    <section className={styles['drop']} aria-label={t('drop.title')}>
      <button type="button" className={styles['big']} onClick={() => void choose(false)}>
        <Icon name="upload" size={64} />
        <strong>{t('drop.title')}</strong>
        <span className="muted">{t('drop.kinds')}</span>
      </button>
      <div className={styles['buttons']}>
        <Button look="primary" onClick={() => void choose(false)}>
          {t('drop.files')}
        </Button>
        <Button icon="folder" onClick={() => void choose(true)}>
          {t('drop.folder')}
        </Button>
        <Button
          icon="camera"
          data-action="camera"
          onClick={() => dispatch({ type: 'dialog', dialog: 'camera' })}
        >
          {t('camera.start')}
        </Button>
        <Button
          icon="paste"
          data-action="paste"
          onClick={() => dispatch({ type: 'dialog', dialog: 'paste' })}
        >
          {t('drop.paste')}
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-input="files"
        onChange={(event) => take(event.target)}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-input="folder"
        // React has no name for it yet.
        {...{ webkitdirectory: '' }}
        onChange={(event) => take(event.target)}
      />
    </section>
  )
}

function PasteDialog() {
  const { t } = useLanguage()
  const { actions, dispatch } = useApp()
  const text = useRef<HTMLTextAreaElement>(null)
  const close = () => dispatch({ type: 'dialog', dialog: null })
  useFiles((files) => {
    close()
    void actions.check(files)
  })
  const check = () => {
    const value = text.current?.value ?? ''
    if (value.trim() === '') return
    close()
    const bytes = new TextEncoder().encode(value)
    void actions.check([{ name: t('paste.name'), size: bytes.length, read: async () => bytes }])
  }
  return (
    <Dialog
      title={t('drop.paste')}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{t('action.cancel')}</Button>
          <Button look="primary" onClick={check}>
            {t('action.check')}
          </Button>
        </>
      }
    >
      <label className="stack">
        <span>{t('paste.hint')}</span>
        <textarea ref={text} className={styles['paste']} rows={10} spellCheck={false} autoFocus />
      </label>
    </Dialog>
  )
}

/** A code on paper or on a screen, held before the camera. */
function CameraDialog() {
  const { t } = useLanguage()
  const { actions, dispatch } = useApp()
  const close = () => dispatch({ type: 'dialog', dialog: null })
  return (
    <Dialog
      title={t('camera.title')}
      onClose={close}
      actions={<Button onClick={close}>{t('action.cancel')}</Button>}
    >
      <p className="muted">{t('camera.text')}</p>
      <Camera
        onSight={(_, bytes) => {
          close()
          void actions.check([
            { name: t('camera.name'), size: bytes.length, read: async () => bytes },
          ])
          return true
        }}
      />
    </Dialog>
  )
}

function Results() {
  const { state, actions, dispatch } = useApp()
  const { t, language, count } = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  const { result, session } = state
  const [{ job: placeOf, there }, setPlace] = useState({ job: '', there: LIST_TOP })
  const place = placeOf === result?.job ? there : LIST_TOP
  const list = useRef<HTMLDivElement>(null)
  const several = (result?.rows.length ?? 0) > 1
  const looksAt = session?.id ?? state.inputName
  const cameFrom = useRef<string | null>(null)
  useEffect(() => {
    // The verdict is what somebody who cannot see the window wants to hear first.
    const verdict = document.getElementById('verdict')
    if (verdict !== null) verdict.focus()
    // Back from a row of the list, the list goes on where it was.
    else if (cameFrom.current !== null) {
      list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
    } else heading.current?.focus()
    cameFrom.current = looksAt
  }, [looksAt, result?.job])
  if (result === null) return null
  const [only] = result.rows
  if (session !== null) return <SessionView result={result} session={session} several={several} />
  if (!several && only !== undefined) {
    const input = result.inputs.find(({ name }) => name === only.input)
    if (input !== undefined)
      return <InputResultView result={result} input={input} several={false} />
  }
  if (state.dialog === null && state.inputName !== null) {
    const input = result.inputs.find(({ name }) => name === state.inputName)
    if (input !== undefined) return <InputResultView result={result} input={input} several />
  }
  const { records } = result
  const numbers = {
    read: count(records.read),
    paired: count(records.paired),
    single: count(records.single),
    unreadable: count(records.unreadable),
  }
  const seconds = result.seconds.toFixed(1).replace('.', language === 'de' ? ',' : '.')
  return (
    <div className={styles['list']} ref={list}>
      <header className={styles['head']}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {t('list.heading', { count: count(result.rows.length) })}
          </h1>
          <p className="muted">
            {t('list.inputs', { count: count(result.inputs.length), seconds })}
          </p>
          <p className="muted small">{t('summary.records', numbers)}</p>
        </div>
        <div className="row">
          <SaveMenu job={result.job} session={null} />
          <Button icon="plus" data-action="new" onClick={() => dispatch({ type: 'fresh' })}>
            {t('action.new')}
          </Button>
        </div>
      </header>
      <UnmatchedBills unmatched={result.unmatched} />
      <ResultList
        key={result.job}
        rows={result.rows}
        place={place}
        onPlace={(there) => setPlace({ job: result.job, there })}
        onUnlock={(row) => dispatch({ type: 'unlock', name: row.input })}
        onOpen={(row) => {
          if (row.session === null) dispatch({ type: 'input', name: row.input })
          else void actions.openSession(row.session)
        }}
      />
    </div>
  )
}
