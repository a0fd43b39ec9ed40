/**
 * The keys of the stations: what is known, where from, since when; and adding one.
 *
 * @module
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type {
  KeyListing,
  KeyReadout,
  KeySuggestionText,
  SeenKey,
  Signing,
} from '../../shared/api.ts'
import { visible } from '../../shared/display.ts'
import { inGroupsOfFour } from '../../shared/hex.ts'
import type { Edition } from '../../shared/model/register.ts'
import {
  NO_FILTER,
  READ_PLACES,
  type KeyDetails,
  type ReadPlace,
  type StoredKey,
} from '../../shared/model/stored-key.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { KeyFilters, isFiltering } from '../components/key-filters.tsx'
import { KeyPicture } from '../components/key-picture.tsx'
import { Menu } from '../components/menu.tsx'
import { Chip, TRUST_TONE } from '../components/mark.tsx'
import { RegisterCard } from '../components/register.tsx'
import { Tabs } from '../components/tabs.tsx'
import { type FoundFile, fromFileList } from '../dropped-files.ts'
import { today } from '../key-compare.ts'
import { useLanguage } from '../language.tsx'
import { IssuersPanel } from './issuers.tsx'
import { ImportList, SignList } from './key-lists.tsx'
import { DetailFields, KeyPanel, nameOf } from './key-panel.tsx'
import { type Found, SHORTEST_SEARCH, StationsPanel } from './stations.tsx'
import styles from './keys.module.css'

const TABS = ['keys', 'stations', 'register', 'issuers'] as const
type KeysTab = (typeof TABS)[number]

export function KeysView() {
  const { state, actions } = useApp()
  const { t, count } = useLanguage()
  const [tab, setTab] = useState<KeysTab>('keys')
  const [station, setStation] = useState<number | null>(null)
  const editions = useEditions()
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState(NO_FILTER)
  const [listing, setListing] = useState<KeyListing | null>(null)
  const [selected, setSelected] = useState<number | null>(null)
  const [adding, setAdding] = useState(false)
  const [signing, setSigning] = useState(false)
  const [list, setList] = useState<FoundFile | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const writable = state.about?.store === 'writable'

  const load = useCallback(async () => {
    await actions.guarded(async () => setListing(await call('keys', { search, filter })))
  }, [actions, search, filter])
  useEffect(() => {
    void load()
  }, [load, state.keysVersion])

  const exportKeys = (kind: 'json' | 'csv', sign: Signing | null) =>
    actions.guarded(async () =>
      actions.keep(await call('exportKeys', { kind, search, filter, sign })),
    )
  const found = useStations(search)
  const keys = listing?.keys ?? null
  const chosen = keys?.find(({ id }) => id === selected) ?? null
  const stationCount = found === null ? null : `${count(found.hits.length)}${found.more ? '+' : ''}`
  const titles = {
    keys: listing === null ? null : count(listing.total),
    stations: stationCount,
    register: null,
    issuers: null,
  }
  const showStation = (id: number | null) => {
    setStation(id)
    setTab('stations')
  }
  return (
    <div className={styles['wrap']}>
      <header className={styles['head']}>
        <div>
          <h1>{t('view.keys')}</h1>
          <p className="muted">{t('keys.lead')}</p>
        </div>
        <div className="row">
          <Button
            icon="plus"
            look="primary"
            data-action="add-key"
            disabled={!writable}
            onClick={() => setAdding(true)}
          >
            {t('keys.add')}
          </Button>
          <Button icon="upload" disabled={!writable} onClick={() => file.current?.click()}>
            {t('keys.import')}
          </Button>
          <Menu
            label={t('keys.export')}
            icon="save"
            disabled={keys === null || keys.length === 0}
            items={(['json', 'csv', 'sign'] as const).map((kind) => ({
              id: kind,
              title: t(`keys.export.${kind}`),
              text: t(`keys.export.${kind}.text`),
            }))}
            onChoose={(kind) => (kind === 'sign' ? setSigning(true) : void exportKeys(kind, null))}
          />
          <input
            ref={file}
            type="file"
            hidden
            tabIndex={-1}
            aria-hidden="true"
            accept=".json,.csv"
            data-input="keys"
            onChange={(event) => {
              const [found] = fromFileList(event.target.files ?? [])
              event.target.value = ''
              if (found !== undefined) setList(found)
            }}
          />
        </div>
      </header>
      {!writable && state.about !== null && (
        <div className={styles['caution']} role="alert">
          <Icon name="warn" className="warn" />
          <div className="stack">
            <p>
              {t(`store.${state.about.store === 'writable' ? 'read-only' : state.about.store}`)}
            </p>
            {state.about.store === 'damaged' && (
              <>
                <p>{t('store.renew.text')}</p>
                <p>
                  <Button data-action="renew-store" onClick={() => void actions.renewStore()}>
                    {t('store.renew')}
                  </Button>
                </p>
              </>
            )}
          </div>
        </div>
      )}
      <label className={styles['search']}>
        <Icon name="search" size={18} />
        <span className="unseen">{t('keys.search')}</span>
        <input
          type="search"
          value={search}
          placeholder={t('keys.search')}
          onChange={(event) => {
            setSearch(event.target.value)
            setStation(null)
            if (tab === 'register' || tab === 'issuers') setTab('stations')
          }}
        />
      </label>
      <div>
        <Tabs
          label={t('keys.tabs')}
          tabs={TABS.map((id) => ({
            id,
            title: `${t(`keys.tab.${id}`)}${titles[id] === null ? '' : ` (${titles[id]})`}`,
          }))}
          current={tab}
          onChange={setTab}
        >
          <div className={styles['tab']}>
            {tab === 'keys' && (
              <div className="stack">
                {found !== null && found.hits.length > 0 && (
                  <p className={`row ${styles['in-register']}`} role="status">
                    {t('keys.in-register', { count: stationCount ?? '' })}
                    <Button onClick={() => setTab('stations')}>{t('keys.in-register.show')}</Button>
                  </p>
                )}
                {listing !== null && (listing.total > 1 || isFiltering(filter)) && (
                  <KeyFilters facets={listing.facets} filter={filter} onChange={setFilter} />
                )}
                {listing !== null && listing.keys.length < listing.total && (
                  <p className="muted small">
                    {t('keys.shown', {
                      count: count(listing.keys.length),
                      total: count(listing.total),
                    })}
                  </p>
                )}
                {keys !== null && keys.length === 0 ? (
                  <Empty searching={search.trim() !== '' || isFiltering(filter)} />
                ) : (
                  <div className={styles['columns']} data-open={chosen !== null}>
                    <KeyTable keys={keys ?? []} selected={selected} onSelect={setSelected} />
                    {chosen !== null && (
                      <KeyPanel
                        key={chosen.id}
                        stored={chosen}
                        writable={writable}
                        onClose={() => setSelected(null)}
                      />
                    )}
                  </div>
                )}
              </div>
            )}
            {tab === 'stations' && (
              <StationsPanel
                search={search}
                found={found}
                registered={editions.some(({ inUse }) => inUse)}
                station={station}
                onStation={showStation}
                onKey={({ id }) => {
                  setSearch('')
                  setFilter(NO_FILTER)
                  setSelected(id)
                  setTab('keys')
                }}
              />
            )}
            {tab === 'register' && <RegisterCard writable={writable} editions={editions} />}
            {tab === 'issuers' && <IssuersPanel writable={writable} />}
          </div>
        </Tabs>
      </div>
      {adding && <AddKey onClose={() => setAdding(false)} />}
      {list !== null && <ImportList file={list} onClose={() => setList(null)} />}
      {signing && (
        <SignList onSign={(sign) => exportKeys('json', sign)} onClose={() => setSigning(false)} />
      )}
    </div>
  )
}

/** Editions of the register, newest first. */
function useEditions(): Edition[] {
  const { state, actions } = useApp()
  const [editions, setEditions] = useState<Edition[]>([])
  useEffect(() => {
    void actions.guarded(async () => setEditions(await call('register', null)))
  }, [actions, state.keysVersion])
  return editions
}

/** Stations of the register with the words somebody types; null for too few of them. */
function useStations(search: string): Found | null {
  const { state } = useApp()
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    if (search.trim().length < SHORTEST_SEARCH) {
      setFound(null)
      return
    }
    let gone = false
    void call('searchRegister', { search }).then(
      (answer) => {
        if (!gone) setFound(answer)
      },
      () => {},
    )
    return () => {
      gone = true
    }
  }, [search, state.keysVersion])
  return found
}

function Empty({ searching }: { searching: boolean }) {
  const { t } = useLanguage()
  return (
    <section className={`card ${styles['empty']}`}>
      <Icon name="key" size={48} className="muted" />
      <h2>{t(searching ? 'keys.none-found' : 'keys.none')}</h2>
      {!searching && <p className="muted">{t('keys.none.text')}</p>}
    </section>
  )
}

function KeyTable({
  keys,
  selected,
  onSelect,
}: {
  keys: StoredKey[]
  selected: number | null
  onSelect: (id: number) => void
}) {
  const { t } = useLanguage()
  return (
    <div className={`card ${styles['table-card']}`}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('keys.column.name')}</th>
            <th scope="col">{t('label.meter')}</th>
            <th scope="col">{t('keys.column.trust')}</th>
            <th scope="col" className={styles['fingerprint']}>
              {t('keys.column.fingerprint')}
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((stored) => (
            <tr
              key={stored.id}
              aria-selected={stored.id === selected}
              data-key={stored.fingerprint}
            >
              <td>
                <button
                  type="button"
                  className={styles['open']}
                  onClick={() => onSelect(stored.id)}
                >
                  {visible(nameOf(stored) ?? t('keys.unnamed'))}
                </button>
                {stored.conflicts.length > 0 && (
                  <Chip tone="bad">
                    <Icon name="warn" size={12} /> {t('keys.conflict')}
                  </Chip>
                )}
                {stored.operator !== null && <small>{visible(stored.operator)}</small>}
              </td>
              <td className={styles['meter']}>
                <code>{visible(stored.meter ?? stored.evse ?? '–')}</code>
              </td>
              <td>
                <Chip tone={TRUST_TONE[stored.trust]}>{t(`trust.${stored.trust}`)}</Chip>
              </td>
              <td className={styles['fingerprint']}>
                <code className="muted">{stored.fingerprint.slice(7, 23)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const NO_DETAILS: KeyDetails = {
  label: null,
  station: null,
  operator: null,
  evse: null,
  meter: null,
  note: null,
}

function AddKey({ onClose }: { onClose: () => void }) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [text, setText] = useState('')
  const [readout, setReadout] = useState<KeyReadout | null>(null)
  const [details, setDetails] = useState(NO_DETAILS)
  const [atStation, setAtStation] = useState(false)
  const [where, setWhere] = useState<ReadPlace>('station-label')
  const [by, setBy] = useState('')
  const [on, setOn] = useState(today)
  /** The text of a key that was seen in a picture. */
  const [seen, setSeen] = useState<string | null>(null)
  useEffect(() => {
    if (text.trim() === '') {
      setReadout(null)
      return
    }
    let gone = false
    void call('readKey', { text, hint: null }).then(
      (answer) => {
        if (!gone) setReadout(answer)
      },
      () => {},
    )
    return () => {
      gone = true
    }
  }, [text])
  const ready = readout?.kind === 'key' && (!atStation || (by.trim() !== '' && on !== ''))
  const add = async () => {
    const how = text === seen ? ('scanned' as const) : ('typed' as const)
    const proof = atStation ? { how, text, where, by: by.trim(), on } : null
    const well = await actions.guarded(
      async () => void (await call('addKey', { text, details, proof })),
    )
    if (!well) return
    actions.keysChanged()
    actions.toast('toast.key-added', 'ok')
    onClose()
  }
  const takeKey = (key: SeenKey | null, photo: boolean) => {
    if (key === null) return
    setText(key.text)
    setSeen(photo ? key.text : null)
    setDetails((all) => ({ ...all, meter: all.meter ?? key.meter, evse: all.evse ?? key.evse }))
  }
  return (
    <Dialog
      title={t('keys.add')}
      onClose={onClose}
      dirty={text.trim() !== ''}
      hint={ready ? null : t(readout?.kind === 'key' ? 'confirm.todo.who' : 'keys.todo')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={!ready} onClick={() => void add()}>
            {t('keys.add')}
          </Button>
        </>
      }
    >
      <label className="stack">
        <span>{t('keys.add.text')}</span>
        <textarea
          className={styles['key-text']}
          rows={5}
          spellCheck={false}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <KeyPicture photosOnly={false} onKey={takeKey} onText={setText} />
      <Readout readout={readout} onTake={setText} />
      <DetailFields details={details} onChange={setDetails} />
      <label className={styles['at-station']}>
        <input
          type="checkbox"
          checked={atStation}
          onChange={(event) => setAtStation(event.target.checked)}
        />
        <span>
          <b>{t('keys.add.station')}</b>
          <small>{t('keys.add.station.text')}</small>
        </span>
      </label>
      {atStation && (
        <div className={styles['fields']}>
          <label>
            <span>{t('confirm.where')}</span>
            <select value={where} onChange={(event) => setWhere(event.target.value as ReadPlace)}>
              {READ_PLACES.map((place) => (
                <option key={place} value={place}>
                  {t(`place.${place}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t('confirm.by')}</span>
            <input value={by} autoComplete="name" onChange={(event) => setBy(event.target.value)} />
          </label>
          <label>
            <span>{t('confirm.on')}</span>
            <input type="date" value={on} onChange={(event) => setOn(event.target.value)} />
          </label>
        </div>
      )}
    </Dialog>
  )
}

/** What the typed text is so far: on the curve or not, and which. */
function Readout({
  readout,
  onTake,
}: {
  readout: KeyReadout | null
  onTake: (text: string) => void
}) {
  const { t } = useLanguage()
  if (readout === null) return <p className="muted small">{t('readout.waiting')}</p>
  if (readout.kind === 'key') {
    return (
      <div className={styles['readout']} role="status" data-readout="key">
        <p className="ok row">
          <Icon name="check" size={18} /> {t('readout.key', { curve: readout.curve })}
        </p>
        <p className={styles['groups']}>{readout.pointGroups}</p>
      </div>
    )
  }
  const reason = readout.kind === 'unknown' ? t('readout.unknown') : t(`readout.${readout.kind}`)
  const suggestion = readout.kind === 'ambiguous' ? null : readout.suggestion
  return (
    <>
      <p className="warn row" role="status" data-readout={readout.kind}>
        <Icon name="warn" size={18} /> {reason}
      </p>
      {suggestion !== null && <Suggestion suggestion={suggestion} onTake={onTake} />}
    </>
  )
}

/** Which key may be meant. Only the user takes it over, after comparing it. */
function Suggestion({
  suggestion,
  onTake,
}: {
  suggestion: KeySuggestionText
  onTake: (text: string) => void
}) {
  const { t } = useLanguage()
  const { curve, text, edits } = suggestion
  return (
    <div className={styles['readout']} role="status" data-suggestion={suggestion.fingerprint}>
      <p>{t('repair.found', { curve })}</p>
      <p className={styles['groups']}>{inGroupsOfFour(text)}</p>
      <ul className="small">
        {edits.map(({ kind, at, printed, meant }) => (
          <li key={`${kind} ${at}`}>
            {t(`repair.${kind}`, { at: String(at), printed: visible(printed), meant })}
          </li>
        ))}
      </ul>
      <p className="small">{t('repair.careful')}</p>
      <Button onClick={() => onTake(text)}>{t('repair.take')}</Button>
    </div>
  )
}
