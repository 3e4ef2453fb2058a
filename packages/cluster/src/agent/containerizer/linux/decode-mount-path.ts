// Reads a path in the kernel's tables of mounts, where blanks and their like are octal numbers.
export function decodeMountPath(quoted: string): string {
  return quoted.replaceAll(/\\(\d{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)));
}
