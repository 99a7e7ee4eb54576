/** The address to register with every provider: exact, and the same for all (the flow knows whose answer it waits for). */
export function callbackAddress(publicUrl: string): string {
	return `${publicUrl}/connections/callback`;
}
