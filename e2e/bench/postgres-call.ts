import type { ConnectorCall } from "../../backend/connectors/connector.ts";
import { createGuardedDial } from "../../backend/connectors/dial.ts";

/** A call of the Postgres connector as the engine makes it: every piece of work has its turn at once, and a session is kept for the next. */
export function postgresCall(user: string, port: number): ConnectorCall {
	return {
		credential: { host: "127.0.0.1", port: String(port), database: "postgres", user, password: "secret", tls: "off" },
		http: async () => ({ kind: "forbidden", reason: "It dials." }),
		dial: createGuardedDial({ allowedPrivateHosts: ["127.0.0.1"] }),
		keep: { holder: "bench", turn: async () => true },
		signal: new AbortController().signal,
	};
}
