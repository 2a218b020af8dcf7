/** `$` in texts that are looked through for variables. */

/** Compose: every string of the file, after YAML. Source: forms overview §5.2. */
export function composeDollars(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** Kubernetes: `$(NAME)` and `$$` in values of `env`. Source: forms overview §3.3. */
export function kubernetesDollars(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}
