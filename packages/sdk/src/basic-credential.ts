// HTTP authentication of a framework.

/** What a framework authenticates with. */
export interface Credential {
  principal: string;
  secret: string;
}

/** The `Authorization` header of a credential. */
export function basicAuthorization({ principal, secret }: Credential): string {
  return `Basic ${Buffer.from(`${principal}:${secret}`).toString("base64")}`;
}
