/**
 * The desktop application: the API of all hosts, wired to Electron.
 *
 * @module
 */
import { createApi } from '../../api.ts'
import { runApp } from './app.ts'
import { launchUtility } from './launch-utility.ts'

runApp(({ host, locale, emit, store }) =>
  createApi({ host, locale, emit, store, launch: launchUtility }),
)
