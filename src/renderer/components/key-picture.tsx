/**
 * A key out of a picture: a photo that is chosen, dropped or pasted, or what the camera sees. The
 * host reads it; where it shows several keys, the user says which is meant.
 *
 * @module
 */
import { useId, useRef, useState } from 'react'
import type { SeenKey, Sight } from '../../shared/api.ts'
import { visible } from '../../shared/display.ts'
import type { FindingCode } from '../../shared/model/finding.ts'
import type { UiKey } from '../../shared/i18n/index.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { type FoundFile, fromFileList } from '../dropped-files.ts'
import { useFiles } from '../file-receiver.ts'
import { useLanguage } from '../language.tsx'
import { Button } from './button.tsx'
import { Camera } from './camera.tsx'
import { Icon } from './icon.tsx'
import styles from './key-picture.module.css'

interface Props {
  /** Only what somebody photographed counts: no file that may have come with the data. */
  photosOnly: boolean
  /**
   * The key that is meant; null when another picture is looked at.
   *
   * @param photo it is a picture, and no picture of a receipt
   */
  onKey: (key: SeenKey | null, photo: boolean) => void
  /** A text in which no key was found, for whoever reads on. */
  onText?: (text: string) => void
}

type State =
  | { kind: 'waiting' | 'reading' | 'camera' }
  | { kind: 'seen'; keys: SeenKey[]; photo: boolean; chosen: string | null }
  | { kind: 'nothing'; key: UiKey | FindingCode; params: Record<string, string> }

export function KeyPicture({ photosOnly, onKey, onText }: Props) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [state, setState] = useState<State>({ kind: 'waiting' })
  const file = useRef<HTMLInputElement>(null)
  const group = useId()

  const choose = (keys: SeenKey[], photo: boolean, key?: SeenKey) => {
    setState({ kind: 'seen', keys, photo, chosen: key?.fingerprint ?? null })
    onKey(key ?? null, photo)
  }
  const take = (sight: Sight): boolean => {
    const refusal = refusalOf(sight, photosOnly)
    if (refusal !== null) setState({ kind: 'nothing', ...refusal })
    else {
      const { keys, picture, records } = sight
      choose(keys, picture && records === 0, keys.length === 1 ? keys[0] : undefined)
    }
    return true
  }
  const read = async ([first]: FoundFile[]) => {
    if (first === undefined) return
    setState({ kind: 'reading' })
    onKey(null, false)
    const well = await actions.guarded(async () => {
      const bytes = await first.read()
      const sight = await call('lookAt', { name: first.name, bytes })
      const { picture, keys, records } = sight
      if (!photosOnly && !picture && keys.length + records === 0 && bytes.length <= MOST_TEXT) {
        onText?.(new TextDecoder().decode(bytes))
        setState({ kind: 'waiting' })
      } else take(sight)
    })
    if (!well) setState({ kind: 'waiting' })
  }
  useFiles((files) => void read(files))

  return (
    <div className={styles['picture']}>
      <div className="row">
        <Button icon="folder" onClick={() => file.current?.click()}>
          {t(photosOnly ? 'photo.choose' : 'keys.add.file')}
        </Button>
        <Button
          icon="camera"
          data-action="camera"
          aria-pressed={state.kind === 'camera'}
          onClick={() => {
            onKey(null, false)
            setState({ kind: state.kind === 'camera' ? 'waiting' : 'camera' })
          }}
        >
          {t(state.kind === 'camera' ? 'camera.stop' : 'camera.start')}
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          aria-hidden="true"
          tabIndex={-1}
          accept={photosOnly ? 'image/*' : undefined}
          data-input="key-file"
          onChange={(event) => {
            const found = fromFileList(event.target.files ?? [])
            event.target.value = ''
            void read(found)
          }}
        />
      </div>
      {state.kind === 'camera' && <Camera onSight={take} />}
      {state.kind === 'waiting' && <p className="muted small">{t('photo.hint')}</p>}
      {state.kind === 'reading' && (
        <p className="muted small" role="status">
          {t('photo.reading')}
        </p>
      )}
      {state.kind === 'nothing' && (
        <p className="warn row" role="alert" data-photo="nothing">
          <Icon name="warn" size={18} /> {visible(t(state.key, state.params))}
        </p>
      )}
      {state.kind === 'seen' && state.keys.length > 1 && (
        <fieldset className={styles['several']}>
          <legend>{t('photo.several', { count: String(state.keys.length) })}</legend>
          {state.keys.map((key) => (
            <label key={key.fingerprint}>
              <input
                type="radio"
                name={group}
                checked={state.chosen === key.fingerprint}
                onChange={() => choose(state.keys, state.photo, key)}
              />
              <span>
                <b>{key.curve}</b> <code>{key.pointGroups}</code>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  )
}

/** More letters than any key has. */
const MOST_TEXT = 20_000

/** Why there is no key in it for this; null where there is one. */
function refusalOf(
  { picture, keys, records, why }: Sight,
  photosOnly: boolean,
): { key: UiKey | FindingCode; params: Record<string, string> } | null {
  if (photosOnly && !picture) return { key: 'photo.no-picture', params: {} }
  // A receipt shows the key that came with the data, and proves nothing of the station.
  if (photosOnly && records > 0) return { key: 'photo.receipt', params: {} }
  if (keys.length > 0) return null
  return why === null ? { key: 'photo.no-key', params: {} } : { key: why.code, params: why.params }
}
