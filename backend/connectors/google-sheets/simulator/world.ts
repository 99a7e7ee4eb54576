import { AuthorizationServer } from "./oauth.ts";
import { Quotas } from "./quotas.ts";
import type { Spreadsheet } from "./state.ts";

/** Everything one running simulator knows. A handler never waits, so each request is applied whole or not at all. */
export class World {
	readonly files = new Map<string, Spreadsheet>();
	readonly quotas = new Quotas();
	readonly oauth: AuthorizationServer;
	/** What was refused for being too fast. */
	throttled = 0;

	constructor(issuer: () => string) {
		this.oauth = new AuthorizationServer(issuer);
	}
}
