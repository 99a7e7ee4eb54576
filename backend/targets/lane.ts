/**
 * Who shares an order and, as a rule, a request budget: all targets of one container through one connection. The text is
 * stored on every delivery and travels in the job's payload.
 */
export type Lane = { connectionId: string; containerId: string };

export function laneText({ connectionId, containerId }: Lane): string {
	return `${connectionId}/${containerId}`;
}

/** The inverse of `laneText`; null when the text is none. A container's id may hold a slash, a connection's cannot. */
export function parseLane(text: string): Lane | null {
	const slash = text.indexOf("/");
	if (slash < 1 || slash === text.length - 1) return null;
	return { connectionId: text.slice(0, slash), containerId: text.slice(slash + 1) };
}
