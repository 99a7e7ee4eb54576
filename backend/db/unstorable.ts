/**
 * Whether the database refused a text because it cannot hold it: NUL, or bytes that are no UTF-8 (22021), and `\u0000` on its way
 * into jsonb (22P05). That is the sender's mistake. Rooms that can tell which field it was check before.
 */
export function isUnstorableText(error: unknown): boolean {
	return (
		typeof error === "object" && error !== null && "code" in error && ["22021", "22P05"].includes(String(error.code))
	);
}
