/**
 * Makes the icons of all systems from `assets/icon.svg`. Run it after the drawing has changed and
 * commit what it writes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChromium, stopChromium } from '../test/tools/chromium.ts'
import { type Pixels, icns, ico, png } from './icon-files.ts'

const assets = join(import.meta.dirname, '../assets')
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

/** Runs in the page, which knows a document; this project's scripts do not. */
const DRAW = `new Promise((resolve, reject) => {
  const image = new Image(SIZE, SIZE)
  image.onerror = () => reject(new Error('icon.svg cannot be drawn'))
  image.onload = () => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = SIZE
    const pen = canvas.getContext('2d')
    pen.drawImage(image, 0, 0, SIZE, SIZE)
    const { data } = pen.getImageData(0, 0, SIZE, SIZE)
    let text = ''
    for (let at = 0; at < data.length; at += 8192) {
      text += String.fromCharCode(...data.subarray(at, at + 8192))
    }
    resolve(btoa(text))
  }
  image.src = 'ADDRESS'
})`

const drawing = readFileSync(join(assets, 'icon.svg'), 'utf8')
const pictures = await drawn(drawing)
await stopChromium()

mkdirSync(join(assets, 'icons'), { recursive: true })
for (const picture of pictures) {
  const { size } = picture
  writeFileSync(join(assets, 'icons', `${size}x${size}.png`), png(picture))
}
writeFileSync(join(assets, 'icon.ico'), ico(pictures.filter(({ size }) => size <= 256)))
writeFileSync(join(assets, 'icon.icns'), icns(pictures))

/** Each size drawn anew, so that lines stay sharp. */
async function drawn(svg: string): Promise<Pixels[]> {
  const page = await (await startChromium()).newPage()
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
  const all: Pixels[] = []
  for (const size of SIZES) {
    const pixels = await page.evaluate(
      DRAW.replace('ADDRESS', address).replaceAll('SIZE', `${size}`),
    )
    all.push({ size, rgba: Buffer.from(String(pixels), 'base64') })
  }
  return all
}
