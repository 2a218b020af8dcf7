/**
 * A value made when it is first asked for. Patterns over Unicode properties take V8 long to build, and most runs meet nothing but ASCII.
 */
export function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
