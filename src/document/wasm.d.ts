/** WebAssembly as bytes: the bundler and the test runner load such files that way. */
declare module '*.wasm' {
  const bytes: Uint8Array;
  export default bytes;
}
