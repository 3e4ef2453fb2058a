// Addresses as inet_pton(3) reads them.

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** Whether the text is an IPv4 address: four decimal numbers up to 255, none with a zero in front. */
export function isIPv4(text: string): boolean {
  return IPV4.test(text);
}
