import type { FetchImplementation } from "jose";
import type { GuardedHttp } from "../../connectors/connector.ts";

/** What `jose` reads keys through: the guarded way out instead of the runtime's own `fetch`. */
export function keysFetch(http: GuardedHttp): FetchImplementation {
	return async (url, { headers, signal }) => {
		const answer = await http({ method: "GET", url, headers: Object.fromEntries(headers), signal });
		if (answer.kind !== "answered") throw new TypeError(`${url}: ${answer.reason}`);
		return new Response(answer.text, { status: answer.status });
	};
}
