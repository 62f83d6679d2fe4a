/** "1 label", "1,270 labels": a count with its noun, which follows the number. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString("en")} ${value === 1 ? one : many}`;
}
