/** What was pasted: an invite of this server, one of another, or something else. */
export type InviteLinkRead =
	| { kind: "token"; token: string }
	| { kind: "other-server"; host: string }
	| { kind: "not-a-link" };

/** The part after `/invite/`: 32 random bytes as base64url (contract `InviteAccept`). */
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/** Reads `https://<server>/invite/<token>`, or the token alone. Spaces around it come from copying. */
export function readInviteLink(pasted: string, serverUrl: string): InviteLinkRead {
	const text = pasted.trim();
	if (tokenShape.test(text)) return { kind: "token", token: text };
	const url = URL.parse(text);
	const token = url?.pathname.match(/\/invite\/([^/]+)\/?$/)?.[1] ?? "";
	if (!url || !tokenShape.test(token)) return { kind: "not-a-link" };
	if (url.origin !== URL.parse(serverUrl)?.origin) return { kind: "other-server", host: url.host };
	return { kind: "token", token };
}
