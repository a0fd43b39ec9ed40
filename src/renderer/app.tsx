/**
 * The window: rail, view, status bar, and what lies above them.
 *
 * @module
 */
import { useEffect, useMemo, useReducer, useRef } from 'react'
import type { About } from '../shared/api.ts'
import type { Language } from '../shared/i18n/index.ts'
import { host } from './api.ts'
import { Actions, AppContext } from './actions.ts'
import styles from './app.module.css'
import { DropArea } from './components/drop-area.tsx'
import { Icon, type IconName, Logo } from './components/icon.tsx'
import { Toasts } from './components/toasts.tsx'
import { LanguageProvider, useLanguage } from './language.tsx'
import { INITIAL, type View, reduce } from './state.ts'
import { useShortcuts } from './shortcuts.ts'
import { CheckView } from './views/check.tsx'
import { HelpView } from './views/help.tsx'
import { KeysView } from './views/keys.tsx'
import { ReportsView } from './views/reports.tsx'
import { RunsView } from './views/runs.tsx'
import { SettingsView } from './views/settings.tsx'
import { useApp } from './actions.ts'

export function App() {
  const [state, dispatch] = useReducer(reduce, INITIAL)
  const { settings, about } = state
  const language: Language =
    settings.language === 'system' ? (about?.locale ?? systemLanguage()) : settings.language
  const latest = useRef({ state, language })
  latest.current = { state, language }
  const actions = useMemo(
    () =>
      new Actions(
        dispatch,
        () => latest.current.state,
        () => latest.current.language,
      ),
    [],
  )
  useEffect(() => {
    void actions.guarded(() => actions.start())
    const ends = [
      host.on('progress', (progress) => dispatch({ type: 'progress', progress })),
      host.on('report', (saving) => dispatch({ type: 'saving', saving, begins: false })),
      host.on('files', () => void actions.checkWaiting()),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [actions])
  useEffect(() => {
    const { theme } = settings
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [settings])
  const app = useMemo(() => ({ state, dispatch, actions }), [state, actions])
  return (
    <AppContext value={app}>
      <LanguageProvider language={language}>
        <Window />
      </LanguageProvider>
    </AppContext>
  )
}

function systemLanguage(): Language {
  return navigator.language.startsWith('de') ? 'de' : 'en'
}

function Window() {
  const { state } = useApp()
  const { t } = useLanguage()
  useShortcuts()
  return (
    <DropArea>
      <div className={styles['window']}>
        <a className="skip" href="#main">
          {t('app.skip')}
        </a>
        <Rail />
        <main id="main" className={styles['main']} tabIndex={-1} data-region="main">
          <Distrust />
          <Views view={state.view} />
        </main>
        <StatusBar />
      </div>
      <Toasts />
      <p className="unseen" role="status">
        {state.announcement}
      </p>
    </DropArea>
  )
}

/** A program that failed its self-check says so above everything else. */
function Distrust() {
  const { state } = useApp()
  const { t } = useLanguage()
  if (!failedSelfCheck(state.about)) return null
  return (
    <p className={styles['distrust']} role="alert">
      <Icon name="warn" size={22} />
      <span>{t('app.distrust')}</span>
    </p>
  )
}

function failedSelfCheck(about: About | null): boolean {
  return about !== null && (about.files === 'modified' || about.failedMethods.length > 0)
}

function Views({ view }: { view: View }) {
  switch (view) {
    case 'check':
      return <CheckView />
    case 'keys':
      return <KeysView />
    case 'runs':
      return <RunsView />
    case 'reports':
      return <ReportsView />
    case 'help':
      return <HelpView />
    case 'settings':
      return <SettingsView />
  }
}

const RAIL = [
  ['check', 'check'],
  ['keys', 'key'],
  ['runs', 'runs'],
  ['reports', 'report'],
  ['help', 'help'],
] as const satisfies readonly (readonly [View, IconName])[]

function Rail() {
  const { t } = useLanguage()
  return (
    <nav className={styles['rail']} aria-label={t('app.rail')} data-region="rail" tabIndex={-1}>
      <div className={styles['brand']}>
        <Logo />
        <span>Eichlicht</span>
      </div>
      {RAIL.map(([view, icon]) => (
        <RailButton key={view} view={view} icon={icon} />
      ))}
      <div className={styles['space']} />
      <RailButton view="settings" icon="settings" />
    </nav>
  )
}

function RailButton({ view, icon }: { view: View; icon: IconName }) {
  const { state, dispatch } = useApp()
  const { t } = useLanguage()
  const current = state.view === view
  return (
    <button
      type="button"
      className={styles['rail-button']}
      data-view={view}
      aria-current={current ? 'page' : undefined}
      title={t(`view.${view}`)}
      onClick={() => dispatch({ type: 'view', view })}
    >
      <Icon name={icon} />
      <span>{t(`view.${view}`)}</span>
    </button>
  )
}

const CHECK_ICON = { bad: 'warn', ok: 'check', mute: 'dash' } as const

function StatusBar() {
  const { state } = useApp()
  const { t } = useLanguage()
  const { about } = state
  const failed = failedSelfCheck(about)
  const tone = failed ? 'bad' : about?.files === 'intact' ? 'ok' : 'mute'
  return (
    <footer className={styles['status']} data-region="status" tabIndex={-1}>
      <span className={styles['pair']}>
        <Icon name="lock" size={15} />
        <span>{t('app.offline')}</span>
      </span>
      {about !== null && (
        <>
          <span className={styles['version']}>
            Eichlicht {about.version} · {t('about.core')} {about.core.version}{' '}
            <code title={about.core.sha256}>{shortHash(about.core.sha256)}</code>
          </span>
          <span className={`${styles['pair']} ${styles['self-check']} ${tone}`}>
            <Icon name={CHECK_ICON[tone]} size={14} />
            <span>{t(failed ? 'app.self-check.failed' : `app.self-check.${about.files}`)}</span>
          </span>
        </>
      )}
    </footer>
  )
}

function shortHash(sha256: string): string {
  return `${sha256.slice(0, 4)}…${sha256.slice(-4)}`
}
