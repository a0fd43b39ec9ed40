/**
 * The charging register: which editions are there, taking in another one, what a search finds.
 *
 * @module
 */
import { useEffect, useRef, useState } from 'react'
import type { RegisterAnswer } from '../../shared/api.ts'
import { showDay, visible } from '../../shared/display.ts'
import { wordFor } from '../../shared/i18n/index.ts'
import type { Edition, RegisterWords } from '../../shared/model/register.ts'
import { useApp } from '../actions.ts'
import { call, host } from '../api.ts'
import { fromFileList } from '../dropped-files.ts'
import { useLanguage } from '../language.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Chip } from './mark.tsx'
import { StationMap } from './station-map.tsx'
import { spotOf } from '../map/projection.ts'
import styles from './register.module.css'

export function RegisterCard({ writable, editions }: { writable: boolean; editions: Edition[] }) {
  const { actions } = useApp()
  const { t, language } = useLanguage()
  const [done, setDone] = useState<number | null>(null)
  const [answer, setAnswer] = useState<RegisterAnswer | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(
    () => host.on('register', ({ done, total }) => setDone(total === 0 ? 0 : done / total)),
    [],
  )
  const take = async (found: { name: string; read: () => Promise<Uint8Array> } | null) => {
    setAnswer(null)
    setDone(0)
    await actions.guarded(async () => {
      const file = found === null ? null : { name: found.name, bytes: await found.read() }
      const came = await call('importRegister', { file, date: null })
      if (came.kind === 'ask') input.current?.click()
      else setAnswer(came)
      actions.keysChanged()
    })
    setDone(null)
  }
  const used = editions.find(({ inUse }) => inUse)
  return (
    <section className={`card ${styles['register']}`} aria-labelledby="register">
      <div className={styles['head']}>
        <div>
          <h2 id="register">{t('register.ui.title')}</h2>
          <p className="muted small">
            {used === undefined
              ? t('register.ui.none')
              : t('register.ui.used', {
                  edition: showDay(language, used.date),
                  keys: used.report.distinct.toLocaleString(language),
                  rows: used.report.rows.toLocaleString(language),
                })}
          </p>
        </div>
        <Button icon="upload" disabled={!writable || done !== null} onClick={() => void take(null)}>
          {t('register.ui.import')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          tabIndex={-1}
          aria-hidden="true"
          accept=".csv,.xlsx"
          data-input="register"
          onChange={(event) => {
            const [found] = fromFileList(event.target.files ?? [])
            event.target.value = ''
            if (found !== undefined) void take(found)
          }}
        />
      </div>
      {done !== null && (
        <div className="row" role="status">
          <progress value={done} max={1} aria-label={t('register.ui.reading')} />
          <span className="small">{t('register.ui.reading')}</span>
          <Button onClick={() => void call('cancelRegister', null)}>{t('action.cancel')}</Button>
        </div>
      )}
      {answer !== null && <Answer answer={answer} />}
      {editions.length > 0 && <Editions editions={editions} writable={writable} />}
    </section>
  )
}

function Answer({ answer }: { answer: RegisterAnswer }) {
  const { t, language } = useLanguage()
  switch (answer.kind) {
    case 'ask':
      return null
    case 'cancelled':
      return <p role="status">{t('register.ui.cancelled')}</p>
    case 'refused':
      return (
        <p className="row bad" role="alert">
          <Icon name="warn" size={18} />
          {t(answer.row === null ? 'register.ui.refused' : 'register.ui.refused-at', {
            row: String(answer.row ?? ''),
            reason: `register.${answer.reason}`,
          })}
        </p>
      )
    case 'imported':
    case 'known': {
      const { report, changes } = answer
      const edition = showDay(language, report.edition)
      const number = (value: number) => value.toLocaleString(language)
      return (
        <div role="status">
          <p className="row ok">
            <Icon name="check" size={18} /> {t(`register.${answer.kind}`, { edition })}
          </p>
          <dl className={styles['facts']}>
            {(['rows', 'evses', 'keyCells', 'usable', 'unusable', 'distinct'] as const).map(
              (name) => (
                <div key={name}>
                  <dt>{t(`register.${name === 'keyCells' ? 'cells' : name}`)}</dt>
                  <dd>{number(report[name])}</dd>
                </div>
              ),
            )}
          </dl>
          <ul className="small">
            {Object.entries(report.byReason).map(([reason, count]) => (
              <li key={reason}>
                {number(count)} × {wordFor(language, `cell.${reason}`)}
              </li>
            ))}
            {report.notes.map((note) => (
              <li key={note}>{t(`register.note.${note}`)}</li>
            ))}
          </ul>
          {changes !== null && (
            <p className="small">
              {t('register.changes', {
                before: showDay(language, changes.before),
                appeared: number(changes.appeared),
                vanished: number(changes.vanished),
                changed: number(changes.changed),
              })}
            </p>
          )}
        </div>
      )
    }
  }
}

function Editions({ editions, writable }: { editions: Edition[]; writable: boolean }) {
  const { actions } = useApp()
  const { t, language } = useLanguage()
  const remove = (edition: number) =>
    actions.guarded(async () => {
      await call('removeEdition', { edition })
      actions.keysChanged()
      actions.toast('toast.edition-removed', 'ok')
    })
  return (
    <details>
      <summary>{t('register.ui.editions', { count: String(editions.length) })}</summary>
      <ul className={styles['editions']}>
        {editions.map(({ id, date, file, sha256, inUse, report }) => (
          <li key={id}>
            <span>
              <b>{showDay(language, date)}</b>{' '}
              {inUse && <Chip tone="ok">{t('register.ui.in-use')}</Chip>}
            </span>
            <small className="muted">
              {visible(file)} · SHA-256 <code>{sha256.slice(0, 16)}…</code>
            </small>
            {report.unusable > 0 && (
              <Button
                icon="save"
                onClick={() =>
                  void actions.guarded(async () =>
                    actions.keep(await call('saveUnusable', { edition: id })),
                  )
                }
              >
                {t('register.ui.save', { count: report.unusable.toLocaleString(language) })}
              </Button>
            )}
            {!inUse && (
              <Button
                icon="trash"
                look="danger"
                bare
                disabled={!writable}
                onClick={() => void remove(id)}
              >
                {t('register.ui.remove', { edition: showDay(language, date) })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

export function addressOf({
  street,
  postcode,
  place,
  state,
}: Pick<RegisterWords, 'street' | 'postcode' | 'place' | 'state'>): string {
  const town = [postcode, place].filter((part) => part !== null).join(' ')
  return [street, town, state].filter((part) => part !== null && part !== '').join(', ')
}

/** The station of a result, in the words of the register. */
export function RegisterPlace({ words }: { words: RegisterWords }) {
  const { t, language } = useLanguage()
  const { operator, number, evse, edition, row, latitude, longitude } = words
  const spot = spotOf(latitude, longitude)
  const name = [operator, addressOf(words)].filter((part) => part !== null).join(', ')
  const rows = [
    ['keys.operator', operator],
    ['register.ui.address', addressOf(words)],
    ['keys.evse', evse],
    ['register.ui.number', number],
  ] as const
  return (
    <section className="card" aria-labelledby="register-place" data-register={edition}>
      <h2 id="register-place">{t('register.ui.place')}</h2>
      <dl className={styles['facts']}>
        {rows.map(([label, value]) =>
          value === null || value === '' ? null : (
            <div key={label}>
              <dt>{t(label)}</dt>
              <dd>{visible(value)}</dd>
            </div>
          ),
        )}
      </dl>
      {spot !== null && (
        <details className={styles['on-map']}>
          <summary>{t('map.show')}</summary>
          <StationMap
            label={t('map.title')}
            marks={[{ ...spot, id: 0, name, town: '' }]}
            selected={0}
            onSelect={() => {}}
          />
        </details>
      )}
      <p className="muted small">
        {t('register.ui.place.text', { edition: showDay(language, edition), row: String(row) })}
      </p>
    </section>
  )
}
