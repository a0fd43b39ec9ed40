/** Preloaded into a measured program: says its peak memory when it ends. */
import { isMainThread } from 'node:worker_threads'
if (isMainThread) {
  process.on('exit', () => {
    process.stderr.write(`\npeak-memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`)
  })
}
