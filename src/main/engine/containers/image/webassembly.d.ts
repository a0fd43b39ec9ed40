/** As much of WebAssembly as is used here; the language's own types leave it to browsers. */
declare namespace WebAssembly {
  class Module {
    private readonly brand: never
  }
  function compile(bytes: Uint8Array): Promise<Module>
}
