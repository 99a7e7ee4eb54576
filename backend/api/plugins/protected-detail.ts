/** For a route's `detail`: its line in /openapi.json, and that it wants a bearer token. */
export function protectedDetail(tag: string, summary: string) {
	return { tags: [tag], summary, security: [{ bearer: [] }] };
}

/** The same for a route that answers a guest too, as OpenAPI writes an optional token. */
export function optionalDetail(tag: string, summary: string) {
	return { tags: [tag], summary, security: [{ bearer: [] }, {}] };
}
