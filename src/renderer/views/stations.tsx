/**
 * Stations of the charging register: what a search finds, on a map and as a list, and the page
 * of one of them with its keys, its editions and what the user knows of it.
 *
 * @module
 */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { StationPage } from '../../shared/api.ts'
import { showDay, visible } from '../../shared/display.ts'
import type { RegisterHit, StationPlace, StationTrace } from '../../shared/model/register.ts'
import type { StoredKey } from '../../shared/model/stored-key.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Icon } from '../components/icon.tsx'
import { Chip, TRUST_TONE } from '../components/mark.tsx'
import { addressOf } from '../components/register.tsx'
import { type MapMark, StationMap } from '../components/station-map.tsx'
import { useLanguage } from '../language.tsx'
import { spotOf } from '../map/projection.ts'
import styles from './stations.module.css'

/** Fewer characters find a tenth of all stations. */
export const SHORTEST_SEARCH = 2
/** The map waits until nobody has typed for so long. */
const PAUSE_MS = 150

export interface Found {
  hits: RegisterHit[]
  more: boolean
}

interface Props {
  search: string
  found: Found | null
  /** Whether an edition with keys was imported. */
  registered: boolean
  station: number | null
  onStation: (id: number | null) => void
  onKey: (key: StoredKey) => void
}

export function StationsPanel({ search, found, registered, station, onStation, onKey }: Props) {
  const { t } = useLanguage()
  if (station !== null) {
    return <Page id={station} onClose={() => onStation(null)} onKey={onKey} />
  }
  if (!registered) return <Nothing title={t('stations.none')} text={t('stations.none.text')} />
  if (found === null) return <Nothing title={t('stations.ask')} text={t('stations.ask.text')} />
  if (found.hits.length === 0) {
    return <Nothing title={t('stations.none-found')} text={t('stations.ask.text')} />
  }
  return <Hits search={search} found={found} onStation={onStation} />
}

function Nothing({ title, text }: { title: string; text: string }) {
  return (
    <section className={`card ${styles['nothing']}`}>
      <Icon name="search" size={40} className="muted" />
      <h2>{title}</h2>
      <p className="muted">{text}</p>
    </section>
  )
}

interface HitsProps {
  search: string
  found: Found
  onStation: (id: number) => void
}

function Hits({ search, found: { hits, more }, onStation }: HitsProps) {
  const { t, language, count } = useLanguage()
  const all = usePlaces(search)
  const places = all?.places ?? hits
  const marks = useMemo(() => marksOf(places), [places])
  const [first] = hits
  return (
    <div className={styles['columns']}>
      <section className="card" aria-labelledby="register-hits">
        <h2 id="register-hits">
          {t('register.title', { edition: showDay(language, first?.edition ?? '') })}
        </h2>
        <p className="muted small">{t('register.ui.words')}</p>
        <ul className={styles['hits']}>
          {hits.map((hit) => (
            <Hit key={hit.id} hit={hit} onOpen={() => onStation(hit.id)} />
          ))}
        </ul>
        {more && <p className="muted small">{t('register.more', { count: count(hits.length) })}</p>}
      </section>
      <div className={styles['map']}>
        <StationMap label={t('map.title')} marks={marks} selected={null} onSelect={onStation} />
        {places.length > marks.length && (
          <p className="muted small">
            {t('map.placeless', { count: count(places.length - marks.length) })}
          </p>
        )}
        {all?.more === true && (
          <p className="muted small">{t('map.more', { count: count(places.length) })}</p>
        )}
      </div>
    </div>
  )
}

/** Where all stations are that a search finds; null while somebody types. */
function usePlaces(search: string): { places: StationPlace[]; more: boolean } | null {
  const { state } = useApp()
  const [all, setAll] = useState<{ places: StationPlace[]; more: boolean } | null>(null)
  useEffect(() => {
    let gone = false
    setAll(null)
    const timer = setTimeout(() => {
      void call('registerPlaces', { search }).then(
        (answer) => {
          if (!gone) setAll(answer)
        },
        () => {},
      )
    }, PAUSE_MS)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [search, state.keysVersion])
  return all
}

function marksOf(places: readonly StationPlace[]): MapMark[] {
  return places.flatMap((place) => {
    const spot = spotOf(place.latitude, place.longitude)
    if (spot === null) return []
    const name = [visible(place.operator ?? ''), visible(addressOf({ ...place, state: null }))]
    const parts = name.filter((part) => part !== '')
    return [{ ...spot, id: place.id, name: parts.join(', '), town: visible(place.place ?? '') }]
  })
}

function Hit({ hit, onOpen }: { hit: RegisterHit; onOpen: () => void }) {
  const { t } = useLanguage()
  const keys = hit.points.flatMap((point) => point.keys)
  const evses = hit.points.flatMap(({ evse }) => (evse === null ? [] : [evse]))
  const unreadable = hit.points.some(
    ({ keys: read, printed }) => printed !== null && read.length === 0,
  )
  return (
    <li data-station={hit.number ?? hit.row}>
      <button type="button" className={styles['open']} onClick={onOpen}>
        {visible(hit.operator ?? t('stations.unnamed'))}
      </button>
      <span>{visible(addressOf(hit))}</span>
      {evses.length > 0 && (
        <span className="small">
          {evses.map((evse) => (
            <code key={evse}>{visible(evse)} </code>
          ))}
        </span>
      )}
      <small className={keys.length === 0 ? 'muted' : 'ok'}>
        {t(keys.length === 0 ? 'stations.no-key' : 'stations.keys', {
          count: String(new Set(keys.map(({ fingerprint }) => fingerprint)).size),
        })}
        {unreadable && <span className="warn"> · {t('register.ui.unreadable')}</span>}
      </small>
    </li>
  )
}

interface PageProps {
  id: number
  onClose: () => void
  onKey: (key: StoredKey) => void
}

function Page({ id, onClose, onKey }: PageProps) {
  const { state, actions } = useApp()
  const { t, language } = useLanguage()
  const [page, setPage] = useState<StationPage | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    setPage(null)
    void actions.guarded(async () => setPage(await call('station', { id })))
  }, [actions, id, state.keysVersion])
  const loaded = page !== null
  useEffect(() => {
    if (loaded) heading.current?.focus()
  }, [loaded])
  const marks = useMemo(() => marksOf(page === null ? [] : [page.station]), [page])
  const back = (
    <Button onClick={onClose}>
      <span aria-hidden="true">←</span> {t('stations.back')}
    </Button>
  )
  if (page === null) return <div className="row">{back}</div>
  const { station, trace, kept, sightings } = page
  const facts = [
    ['register.ui.address', addressOf(station)],
    ['register.ui.number', station.number],
    ['stations.name', station.name],
    ['stations.status', station.status],
    [
      'stations.since',
      station.commissioned === null ? null : showDay(language, station.commissioned),
    ],
  ] as const
  return (
    <div className="stack" data-station-page={station.number ?? station.row}>
      <div className="row">{back}</div>
      <div className={styles['columns']}>
        <div className="stack">
          <section className="card" aria-labelledby="station">
            <h2 id="station" ref={heading} tabIndex={-1}>
              {visible(station.operator ?? t('stations.unnamed'))}
            </h2>
            <dl className={styles['facts']}>
              {facts.map(([label, value]) =>
                value === null || value === '' ? null : (
                  <div key={label}>
                    <dt>{t(label)}</dt>
                    <dd>{visible(value)}</dd>
                  </div>
                ),
              )}
            </dl>
            <p className="muted small">
              {t('register.ui.place.text', {
                edition: showDay(language, station.edition),
                row: String(station.row),
              })}
            </p>
          </section>
          <Points station={station} />
          {kept.length > 0 && <Kept kept={kept} onKey={onKey} />}
          <Editions trace={trace} />
          <Seen sightings={sightings} />
        </div>
        <div className={styles['map']}>
          {marks.length === 0 ? (
            <p className="muted small">{t('map.placeless', { count: '1' })}</p>
          ) : (
            <StationMap
              label={t('map.title')}
              marks={marks}
              selected={station.id}
              onSelect={() => heading.current?.focus()}
            />
          )}
        </div>
      </div>
    </div>
  )
}

function Points({ station }: { station: RegisterHit }) {
  const { t } = useLanguage()
  return (
    <section className="card" aria-labelledby="station-points">
      <h2 id="station-points">{t('stations.points')}</h2>
      {station.points.length === 0 && <p className="muted">{t('stations.no-key')}</p>}
      <ul className={styles['points']}>
        {station.points.map(({ slot, evse, printed, keys }) => (
          <li key={slot}>
            <b>{t('register.ui.point', { slot: String(slot) })}</b>{' '}
            {evse !== null && <code>{visible(evse)}</code>}
            {keys.map(({ fingerprint, curve }) => (
              <div key={fingerprint} className={styles['key']}>
                <Copyable text={fingerprint} /> <small className="muted">{curve}</small>
              </div>
            ))}
            {keys.length === 0 && printed !== null && (
              <p className="small">
                <span className="warn">{t('register.ui.unreadable')}:</span>{' '}
                <code>{visible(printed)}</code>
              </p>
            )}
            {keys.length === 0 && printed === null && (
              <p className="muted small">{t('stations.no-key')}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Kept({ kept, onKey }: { kept: StoredKey[]; onKey: (key: StoredKey) => void }) {
  const { t } = useLanguage()
  return (
    <section className="card" aria-labelledby="station-kept">
      <h2 id="station-kept">{t('stations.kept')}</h2>
      <ul className={styles['points']}>
        {kept.map((stored) => (
          <li key={stored.id}>
            <button type="button" className={styles['open']} onClick={() => onKey(stored)}>
              {visible(
                stored.label ?? stored.station ?? stored.evse ?? stored.meter ?? t('keys.unnamed'),
              )}
            </button>{' '}
            <Chip tone={TRUST_TONE[stored.trust]}>{t(`trust.${stored.trust}`)}</Chip>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What each edition lists, and whether that is what the one before it listed. */
function Editions({ trace }: { trace: StationTrace[] }) {
  const { t, language } = useLanguage()
  return (
    <section className="card" aria-labelledby="station-editions">
      <h2 id="station-editions">{t('stations.editions')}</h2>
      <ol className={styles['points']}>
        {trace.map((one, index) => {
          const before = trace[index + 1]
          const same = before !== undefined && keysIn(one) === keysIn(before)
          return (
            <li key={`${one.edition} ${one.row}`}>
              <b>{showDay(language, one.edition)}</b>{' '}
              {one.inUse && <Chip tone="ok">{t('register.ui.in-use')}</Chip>}{' '}
              {before !== undefined && (
                <Chip tone={same ? 'mute' : 'warn'}>
                  {t(same ? 'stations.same' : 'stations.changed')}
                </Chip>
              )}
              <ul className="small">
                {one.points.map(({ slot, evse, keys }) => (
                  <li key={slot}>
                    <code>{visible(evse ?? t('register.ui.point', { slot: String(slot) }))}</code>{' '}
                    {keys.length === 0
                      ? t('stations.no-key')
                      : keys.map(({ fingerprint }) => fingerprint.slice(7, 23)).join(', ')}
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function keysIn({ points }: StationTrace): string {
  const keys = points.flatMap((point) => point.keys.map(({ fingerprint }) => fingerprint))
  return [...new Set(keys)].toSorted().join(' ')
}

function Seen({ sightings }: { sightings: StationPage['sightings'] }) {
  const { state } = useApp()
  const { t, language } = useLanguage()
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <section className="card" aria-labelledby="station-seen">
      <h2 id="station-seen">{t('keys.seen')}</h2>
      {sightings.length === 0 ? (
        <p className="muted small">
          {t(state.settings.history ? 'keys.seen.none' : 'keys.seen.off')}
        </p>
      ) : (
        <ul className={styles['points']}>
          {sightings.map(({ at, begin, meter }, index) => (
            <li key={index}>
              <time dateTime={at}>{date.format(new Date(at))}</time> {visible(begin ?? '')}{' '}
              {visible(meter ?? '')}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
