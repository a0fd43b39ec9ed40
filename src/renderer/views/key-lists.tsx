/**
 * Lists of keys between offices: taken from somebody, and signed for others.
 *
 * @module
 */
import { useRef, useState } from 'react'
import type { ImportReport, Signing } from '../../shared/api.ts'
import { visible } from '../../shared/display.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { type FoundFile, fromFileList } from '../dropped-files.ts'
import { useLanguage } from '../language.tsx'
import styles from './keys.module.css'

/** Asks whose list it is, then says what came of it. */
export function ImportList({ file, onClose }: { file: FoundFile; onClose: () => void }) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [issuer, setIssuer] = useState('')
  const [report, setReport] = useState<ImportReport | null>(null)
  const [busy, setBusy] = useState(false)
  const take = async () => {
    setBusy(true)
    await actions.guarded(async () => {
      const content = { name: file.name, bytes: await file.read() }
      setReport(await call('importKeys', { file: content, issuer: issuer.trim() || null }))
      actions.keysChanged()
    })
    setBusy(false)
  }
  return (
    <Dialog
      title={t('keys.import.title')}
      onClose={onClose}
      actions={
        report === null ? (
          <>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button look="primary" data-action="import" disabled={busy} onClick={() => void take()}>
              {t('keys.import')}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={onClose}>
            {t('action.close')}
          </Button>
        )
      }
    >
      <p>
        <code>{visible(file.name)}</code>
      </p>
      {report === null ? (
        <>
          <p className="muted">{t('keys.import.text')}</p>
          <div className={styles['fields']}>
            <label>
              <span>{t('keys.import.issuer')}</span>
              <input
                name="issuer"
                value={issuer}
                autoComplete="off"
                onChange={(event) => setIssuer(event.target.value)}
              />
            </label>
          </div>
        </>
      ) : (
        <Imported report={report} />
      )}
    </Dialog>
  )
}

function Imported({ report }: { report: ImportReport }) {
  const { t } = useLanguage()
  const { added, known, refused, signature } = report
  const fine = signature.status !== 'broken' && refused.length === 0
  const issuer = visible(signature.issuer ?? '')
  return (
    <div className="stack" role="status" data-signature={signature.status}>
      <p className={`row ${fine ? 'ok' : 'bad'}`}>
        <Icon name={fine ? 'check' : 'warn'} size={18} />
        {signature.status === 'broken'
          ? t('keys.import.broken')
          : t('keys.cli.imported', {
              added: String(added),
              known: String(known),
              refused: String(refused.length),
            })}
      </p>
      {signature.status !== 'broken' && <p>{t(`keys.import.${signature.status}`, { issuer })}</p>}
      {signature.status !== 'broken' && refused.length > 0 && (
        <ul className="small">
          {refused.slice(0, MOST_LINES).map(({ line, reason }) => (
            <li key={`${line} ${reason}`}>
              {t('keys.import.line', { line: String(line), reason })}
            </li>
          ))}
          {refused.length > MOST_LINES && <li>…</li>}
        </ul>
      )}
    </div>
  )
}

const MOST_LINES = 50

/** @param onSign signs and saves; the private key stays in this dialog only */
export function SignList({
  onSign,
  onClose,
}: {
  onSign: (signing: Signing) => Promise<boolean>
  onClose: () => void
}) {
  const { t } = useLanguage()
  const [issuer, setIssuer] = useState('')
  const [privateKey, setPrivateKey] = useState('')
  const [busy, setBusy] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const ready = issuer.trim() !== '' && privateKey.trim() !== '' && !busy
  const sign = async () => {
    setBusy(true)
    if (await onSign({ issuer: issuer.trim(), privateKey })) onClose()
    setBusy(false)
  }
  const open = async (files: FileList | null) => {
    const [found] = fromFileList(files ?? [])
    if (found !== undefined) setPrivateKey(new TextDecoder().decode(await found.read()))
  }
  return (
    <Dialog
      title={t('keys.sign.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" data-action="sign" disabled={!ready} onClick={() => void sign()}>
            {t('keys.sign.do')}
          </Button>
        </>
      }
    >
      <div className={styles['fields']}>
        <label>
          <span>{t('keys.sign.issuer')}</span>
          <input
            name="issuer"
            value={issuer}
            autoComplete="organization"
            onChange={(event) => setIssuer(event.target.value)}
          />
        </label>
      </div>
      <label className="stack">
        <span>{t('keys.sign.key')}</span>
        <textarea
          className={styles['key-text']}
          rows={4}
          spellCheck={false}
          autoComplete="off"
          value={privateKey}
          onChange={(event) => setPrivateKey(event.target.value)}
        />
      </label>
      <div>
        <Button icon="folder" onClick={() => file.current?.click()}>
          {t('keys.sign.file')}
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          aria-hidden="true"
          tabIndex={-1}
          data-input="private-key"
          onChange={(event) => void open(event.target.files)}
        />
      </div>
      <p className="muted small">{t('keys.sign.text')}</p>
    </Dialog>
  )
}
