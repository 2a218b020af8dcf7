/** Entry of the command. */
export function run(): void {}
