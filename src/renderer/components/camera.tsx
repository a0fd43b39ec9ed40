/**
 * What the camera sees, looked at until there is something in it.
 *
 * @module
 */
import { useEffect, useRef, useState } from 'react'
import type { Sight } from '../../shared/api.ts'
import { visible } from '../../shared/display.ts'
import { call } from '../api.ts'
import { type CameraDevice, type CameraTrouble, openCamera, pictureOf } from '../camera.ts'
import { useLanguage } from '../language.tsx'
import styles from './camera.module.css'
import { Icon } from './icon.tsx'

/** Between two pictures that are looked at. */
const PAUSE_MS = 200

interface Props {
  /** @returns whether that was it; else the camera looks on */
  onSight: (sight: Sight, picture: Uint8Array) => boolean
}

export function Camera({ onSight }: Props) {
  const { t } = useLanguage()
  const video = useRef<HTMLVideoElement>(null)
  const [device, setDevice] = useState<string | null>(null)
  const [devices, setDevices] = useState<CameraDevice[]>([])
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null)
  const [why, setWhy] = useState<Sight['why']>(null)
  const found = useRef(onSight)
  found.current = onSight

  useEffect(() => {
    let close: (() => void) | null = null
    let gone = false
    const look = async () => {
      const camera = await openCamera(device)
      if (gone) return camera.close()
      close = camera.close
      setDevices(camera.devices)
      setTrouble(null)
      const element = video.current
      if (element === null) return
      element.srcObject = camera.stream
      await element.play()
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
        const picture = gone ? null : await pictureOf(element)
        if (gone) return
        if (picture === null) continue
        const sight = await call('lookAt', { name: 'camera.png', bytes: picture })
        if (gone) return
        setWhy(sight.why)
        if (sight.keys.length + sight.records > 0 && found.current(sight, picture)) return
      }
    }
    look().catch((error: unknown) => {
      if (!gone) setTrouble(typeof error === 'string' ? (error as CameraTrouble) : 'failed')
    })
    return () => {
      gone = true
      close?.()
    }
  }, [device])

  if (trouble !== null) {
    return (
      <p className="warn row" role="alert" data-camera={trouble}>
        <Icon name="warn" size={18} /> {t(`camera.${trouble}`)}
      </p>
    )
  }
  const partial = why !== null && why.code !== 'IN-NO-CODE'
  return (
    <div className={styles['camera']} data-camera="open">
      <div className={styles['frame']}>
        <video ref={video} muted playsInline aria-label={t('camera.picture')} />
        <span className={styles['aim']} aria-hidden="true" />
      </div>
      <p className="muted small" role="status">
        {partial ? visible(t(why.code, why.params)) : t('camera.looking')}
      </p>
      {devices.length > 1 && (
        <label className="row small">
          {t('camera.which')}
          <select value={device ?? ''} onChange={(event) => setDevice(event.target.value)}>
            {device === null && <option value="">{t('camera.any')}</option>}
            {devices.map(({ id, label }, index) => (
              <option key={id} value={id}>
                {label === '' ? String(index + 1) : label}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}
