/**
 * The address of a server as a person gives it: with or without `https://`, copied from the browser with a page behind, with a path
 * that the server lives under. Whether it may be opened is for the guarded `http` to say (SEC-2).
 *
 * @param page what the server's own pages or interface add to its address, for example `/dashboard`: cut off at its first occurrence
 * @returns the address without a trailing slash, or null when there is none in the text
 */
export function readServerAddress(text: string | undefined, page: RegExp): string | null {
	const typed = (text ?? "").trim();
	if (typed === "" || /\s/.test(typed)) return null;
	const address = /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
	if (!URL.canParse(address)) return null;
	const { protocol, username, password, origin, pathname } = new URL(address);
	if ((protocol !== "https:" && protocol !== "http:") || username !== "" || password !== "") return null;
	const end = page.exec(pathname)?.index ?? pathname.length;
	return `${origin}${pathname.slice(0, end)}`.replace(/\/+$/, "");
}

/**
 * A container's id with the server it is on, because the page of a row is found from the target alone. What is asked of the server
 * goes to the connection's address: it may have moved.
 */
export function placeContainer(id: string | number, address: string): string {
	return `${id}@${address}`;
}

export function readContainer(containerId: string): { id: string; address: string } {
	const at = containerId.indexOf("@");
	return at < 0
		? { id: containerId, address: "" }
		: { id: containerId.slice(0, at), address: containerId.slice(at + 1) };
}
