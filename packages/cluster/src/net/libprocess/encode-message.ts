// Request heads of libprocess messages, to the byte (encoder.hpp, `MessageEncoder`).

/** What follows the bytes of a body: the end of its only chunk, and the last chunk. */
export const MESSAGE_END = "\r\n0\r\n\r\n";

/**
 * Everything before the bytes of the body, with the size of its one chunk; a message without a body has neither
 * Transfer-Encoding nor chunks, and ends here. `address` is the receiver's, `id` its process id, which may be empty.
 */
export function encodeMessageHead(
  message: { readonly from: string; readonly name: string; readonly body: { readonly length: number } },
  to: { readonly id: string; readonly address: string },
): string {
  const target = to.id === "" ? `/${message.name}` : `/${to.id}/${message.name}`;
  const head =
    `POST ${target} HTTP/1.1\r\nUser-Agent: libprocess/${message.from}\r\nLibprocess-From: ${message.from}\r\n` +
    `Connection: Keep-Alive\r\nHost: ${to.address}\r\n`;
  const { length } = message.body;
  return length === 0 ? `${head}\r\n` : `${head}Transfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n`;
}
