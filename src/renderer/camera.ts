/**
 * The camera, as long as it is shown: pictures of it go to the host, which reads the codes in them.
 *
 * @module
 */
import { call } from './api.ts'

export type CameraTrouble = 'denied' | 'none' | 'busy' | 'failed'

/** A camera of the device; its name is known once the user allowed to use one. */
export interface CameraDevice {
  id: string
  label: string
}

export interface OpenCamera {
  stream: MediaStream
  devices: CameraDevice[]
  close: () => void
}

/**
 * @param id of the camera; null for the one that looks away from the user
 * @throws CameraTrouble
 */
export async function openCamera(id: string | null): Promise<OpenCamera> {
  shown++
  await call('showCamera', { open: true })
  try {
    // Not there on a page that is not secure.
    const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices
    if (media === undefined) throw new DOMException('', 'NotFoundError')
    const which = id === null ? { facingMode: 'environment' } : { deviceId: { exact: id } }
    const size = { width: { ideal: 1920 }, height: { ideal: 1080 } }
    const stream = await media.getUserMedia({ audio: false, video: { ...which, ...size } })
    const devices = (await media.enumerateDevices())
      .filter(({ kind }) => kind === 'videoinput')
      .map(({ deviceId, label }) => ({ id: deviceId, label }))
    return { stream, devices, close: () => closeCamera(stream) }
  } catch (error) {
    closeCamera(null)
    throw TROUBLES[(error as DOMException).name] ?? 'failed'
  }
}

const TROUBLES: Record<string, CameraTrouble> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** One may still be opening while the next is chosen. */
let shown = 0

function closeCamera(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
  if (--shown === 0) void call('showCamera', { open: false }).catch(() => {})
}

/** @returns what the video shows now, as PNG; null as long as it shows nothing */
export async function pictureOf(video: HTMLVideoElement): Promise<Uint8Array | null> {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || height === 0) return null
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png')
  })
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer())
}
