/**
 * One key of the key store: what is known of it, what was done to it, where it was seen.
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from 'react'
import type { KeyHistory } from '../../shared/api.ts'
import { showDay, visible } from '../../shared/display.ts'
import type { KeyDetails, StoredKey } from '../../shared/model/stored-key.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { KeyForms } from '../components/key-forms.tsx'
import { KeyPhotoCard } from '../components/key-photo.tsx'
import { useLanguage } from '../language.tsx'
import styles from './keys.module.css'

export function nameOf({ label, station, evse, meter }: StoredKey): string | null {
  return label ?? station ?? evse ?? meter
}

const DETAILS = ['label', 'station', 'operator', 'evse', 'meter', 'note'] as const

export function KeyPanel({
  stored,
  writable,
  onClose,
}: {
  stored: StoredKey
  writable: boolean
  onClose: () => void
}) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [history, setHistory] = useState<KeyHistory | null>(null)
  const [editing, setEditing] = useState(false)
  useEffect(() => {
    void actions.guarded(async () => setHistory(await call('keyHistory', { id: stored.id })))
  }, [actions, stored])
  const remove = () =>
    actions.guarded(async () => {
      await call('removeKey', { id: stored.id, reason: '' })
      actions.keysChanged()
      onClose()
      actions.toast('toast.key-removed', 'ok', {}, () => {
        void actions.guarded(async () => {
          await call('restoreKey', { id: stored.id })
          actions.keysChanged()
        })
      })
    })
  return (
    <aside className={styles['panel']} aria-label={t('keys.details')}>
      <section className="card">
        <div className={styles['panel-head']}>
          <h2>{visible(nameOf(stored) ?? t('keys.unnamed'))}</h2>
          <Button look="quiet" icon="cross" bare onClick={onClose}>
            {t('action.close')}
          </Button>
        </div>
        {stored.conflicts.length > 0 && (
          <div className={`${styles['caution']} ${styles['conflict']}`} role="alert">
            <Icon name="warn" className="bad" />
            <p>{t('keys.conflict.text')}</p>
          </div>
        )}
        {editing ? (
          <DetailsForm stored={stored} onDone={() => setEditing(false)} />
        ) : (
          <>
            <Facts stored={stored} />
            <div className="row">
              <Button
                icon="edit"
                data-action="edit"
                disabled={!writable}
                onClick={() => setEditing(true)}
              >
                {t('action.edit')}
              </Button>
              <Button
                icon="trash"
                look="danger"
                data-action="remove"
                disabled={!writable}
                onClick={() => void remove()}
              >
                {t('action.remove')}
              </Button>
            </div>
          </>
        )}
      </section>
      {history !== null && history.duplicates.length > 0 && (
        <Duplicates stored={stored} others={history.duplicates} writable={writable} />
      )}
      <KeyForms keyRef={stored} />
      {history !== null && (
        <KeyPhotoCard id={stored.id} photo={history.photo} writable={writable} />
      )}
      {history !== null && <History history={history} writable={writable} />}
    </aside>
  )
}

function Facts({ stored }: { stored: StoredKey }) {
  const { t, language } = useLanguage()
  const { trust, origin, issuer, confirmed, calibratedUntil, validFrom, validUntil } = stored
  const words = (value: string | null) => (value === null || value === '' ? null : visible(value))
  const rows: [string, ReactNode][] = [
    ...DETAILS.map((name): [string, ReactNode] => [t(`keys.${name}`), words(stored[name])]),
    [t('keys.column.trust'), t(`trust.${trust}.text`)],
    [t('keys.issuer'), words(issuer)],
    [t('keys.origin'), words(origin)],
    [t('keys.calibrated'), calibratedUntil],
    [t('keys.valid-from'), words(validFrom)],
    [t('keys.valid-until'), words(validUntil)],
    [
      t('keys.confirmed'),
      confirmed &&
        t('keys.confirmed.text', {
          on: showDay(language, confirmed.at),
          by: visible(confirmed.by),
          where: t(`place.${confirmed.where}`),
        }),
    ],
  ]
  return (
    <dl className={styles['facts']}>
      {rows.map(([label, value]) =>
        value === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** Entries of the same key; which of them stays is said before. */
function Duplicates({
  stored,
  others,
  writable,
}: {
  stored: StoredKey
  others: StoredKey[]
  writable: boolean
}) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const merge = () =>
    actions.guarded(async () => {
      await call('mergeKeys', { ids: [stored.id, ...others.map(({ id }) => id)] })
      actions.keysChanged()
      actions.toast('toast.merged', 'ok')
    })
  return (
    <section className="card stack" aria-labelledby="duplicates">
      <h2 id="duplicates">{t('keys.duplicates', { count: String(others.length + 1) })}</h2>
      <ul className={styles['history']}>
        {others.map((other) => (
          <li key={other.id}>
            {visible(nameOf(other) ?? t('keys.unnamed'))} ({t(`trust.${other.trust}`)})
          </li>
        ))}
      </ul>
      <p className="muted small">{t('keys.duplicates.text')}</p>
      <div className="row">
        <Button data-action="merge" disabled={!writable} onClick={() => void merge()}>
          {t('keys.merge')}
        </Button>
      </div>
    </section>
  )
}

function History({ history, writable }: { history: KeyHistory; writable: boolean }) {
  const { state, actions } = useApp()
  const { t, language } = useLanguage()
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const split = (change: number) =>
    actions.guarded(async () => {
      await call('splitKeys', { change })
      actions.keysChanged()
      actions.toast('toast.split', 'ok')
    })
  return (
    <section className="card" aria-label={t('keys.history')}>
      <h2>{t('keys.history')}</h2>
      <ul className={styles['history']}>
        {history.changes.map((change) => (
          <li key={change.id}>
            <time dateTime={change.at}>{date.format(new Date(change.at))}</time>{' '}
            {t(`change.${change.action}`)}
            {change.reason !== '' && <small> {visible(change.reason)}</small>}
            {history.splittable.includes(change.id) && (
              <Button disabled={!writable} onClick={() => void split(change.id)}>
                {t('keys.split')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <h3 className={styles['seen']}>{t('keys.seen')}</h3>
      {history.sightings.length === 0 ? (
        <p className="muted small">
          {t(state.settings.history ? 'keys.seen.none' : 'keys.seen.off')}
        </p>
      ) : (
        <ul className={styles['history']}>
          {history.sightings.map((sighting) => (
            <li key={`${sighting.at}${sighting.begin ?? ''}`}>
              <time dateTime={sighting.at}>{date.format(new Date(sighting.at))}</time>{' '}
              {visible(sighting.begin ?? '')} {visible(sighting.meter ?? '')}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function DetailsForm({ stored, onDone }: { stored: StoredKey; onDone: () => void }) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [details, setDetails] = useState<KeyDetails>(() => ({
    label: stored.label,
    station: stored.station,
    operator: stored.operator,
    evse: stored.evse,
    meter: stored.meter,
    note: stored.note,
  }))
  const [year, setYear] = useState(String(stored.calibratedUntil ?? ''))
  const save = async () => {
    const { id, calibratedUntil } = stored
    const well = await actions.guarded(async () => {
      await call('editKey', { id, details })
      const until = year === '' ? null : Number(year)
      if (until !== calibratedUntil) await call('calibrateKey', { id, year: until })
    })
    if (!well) return
    actions.keysChanged()
    onDone()
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <DetailFields details={details} onChange={setDetails} />
      <label className={styles['year']}>
        <span>{t('keys.calibrated')}</span>
        <input
          type="number"
          name="calibrated"
          min={2000}
          max={2199}
          step={1}
          value={year}
          onChange={(event) => setYear(event.target.value)}
        />
        <small className="muted">{t('keys.calibrated.hint')}</small>
      </label>
      <div className="row">
        <Button onClick={onDone}>{t('action.cancel')}</Button>
        <Button look="primary" type="submit">
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}

export function DetailFields({
  details,
  onChange,
}: {
  details: KeyDetails
  onChange: (details: KeyDetails) => void
}) {
  const { t } = useLanguage()
  return (
    <div className={styles['fields']}>
      {DETAILS.map((name) => (
        <label key={name}>
          <span>{t(`keys.${name}`)}</span>
          <input
            value={details[name] ?? ''}
            autoComplete="off"
            onChange={(event) =>
              onChange({
                ...details,
                [name]: event.target.value === '' ? null : event.target.value,
              })
            }
          />
        </label>
      ))}
    </div>
  )
}
