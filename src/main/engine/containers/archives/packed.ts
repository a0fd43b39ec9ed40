/**
 * One packed file without a directory: gzip (RFC 1952), zlib (RFC 1950), bzip2. Where a TAR archive
 * is packed in it, its members are those of the archive.
 *
 * @module
 */
import { Gunzip, Unzlib } from 'fflate'
import { bunzip2 } from '../../codec/bunzip2.ts'
import { SyntaxProblem } from '../../codec/decode-error.ts'
import { byteText } from '../../codec/text.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import { nothing } from '../container.ts'
import { type Measures, memberTaker } from './members.ts'
import { TAR_BLOCK, isTarHeader, openTar } from './tar.ts'
import { type Write, crc32, pushAll, unpack } from './unpack.ts'

export const openGzip = packedBy('gzip', (bytes, write) => {
  let members = 1
  let size = 0
  let check: number | undefined
  const reader = new Gunzip((piece) => {
    size += piece.length
    check = crc32(piece, check)
    write(piece)
  })
  reader.onmember = () => members++
  pushAll(reader, bytes)
  // The reader takes a stream that breaks off for one that ends; of several, each has its own check.
  const end = new DataView(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.length - 8))
  const fits = end.getUint32(0, true) === (check ?? 0) && end.getUint32(4, true) === size
  if (members === 1 && !fits) throw new SyntaxProblem('gzip', bytes.length)
})
export const openZlib = packedBy('zlib', (bytes, write) =>
  pushAll(new Unzlib((piece) => write(piece)), bytes),
)
export const openBzip2 = packedBy('bzip2', bunzip2)

function packedBy(method: string, run: (bytes: Uint8Array, write: Write) => void) {
  return (file: CarriedFile, tools: Measures): Opened => {
    const unpacked = unpack(file.bytes.length, tools, (write) => run(file.bytes, write))
    if (unpacked.bytes.length >= TAR_BLOCK && isTarHeader(unpacked.bytes.subarray(0, TAR_BLOCK))) {
      const { stopped, bytes } = unpacked
      const opened = openTar({ ...file, bytes }, tools)
      if (stopped !== null) opened.findings.push(stopped)
      return opened
    }
    const opened = nothing()
    const taker = memberTaker(file, 'archive', opened, tools)
    if (taker.mayTake()) taker.take(nameIn(file.bytes) ?? method, unpacked)
    return opened
  }
}

/** The name that gzip may keep. */
function nameIn(bytes: Uint8Array): string | null {
  const [first, , , flags = 0] = bytes
  if (first !== 0x1f || (flags & 0x0c) !== 0x08) return null
  const end = bytes.indexOf(0, 10)
  return end < 11 || end > 10 + 255 ? null : byteText(bytes.subarray(10, end))
}
