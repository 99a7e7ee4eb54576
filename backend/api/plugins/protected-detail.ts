/** For a route's `detail`: its line in /openapi.json, and that it wants a bearer token. */
export function protectedDetail(tag: string, summary: string) {
	return { tags: [tag], summary, security: [{ bearer: [] }] };
}
