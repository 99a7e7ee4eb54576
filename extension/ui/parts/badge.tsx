/** A word about a line of a list: "This device", "You". Never the only carrier of a state. */
export function Badge({ children }: { children: string }) {
	return <span class="badge">{children}</span>;
}
