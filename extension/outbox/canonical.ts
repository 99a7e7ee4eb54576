/** As JSON with its keys in order: the backend's database gives them back in one of its own. */
export function canonical(value: unknown): string {
	const inOrder = (_key: string, inner: unknown) =>
		typeof inner === "object" && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner;
	return JSON.stringify(value, inOrder);
}
