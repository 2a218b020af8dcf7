/** Names under which a project file of auth-cli is found. */
export const PROJECT_FILES = ['.auth-cli.yaml', '.auth-cli.yml'] as const;

export function isProjectFile({ path }: { readonly path: string }): boolean {
  return /(?:^|[/\\])\.auth-cli\.ya?ml$/.test(path);
}
