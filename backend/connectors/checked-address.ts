import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Deadline } from "./deadline.ts";
import { isPublicAddress } from "./public-address.ts";

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** Why a connection was not made, or a reply not taken. Stable: callers branch on these. */
export const guardReasons = {
	malformed: "the address cannot be read",
	insecure: "the address is not https",
	credentials: "the address carries a user name or password",
	private: "the address is not on the public internet",
	port: "the port belongs to another kind of server",
	ownDatabase: "the address is Sheaf's own database",
	redirect: "the reply was a redirect",
	tooLarge: "the reply is too large",
} as const;

export type CheckedAddress =
	| { kind: "checked"; address: string; all: readonly string[] }
	| { kind: "unanswered"; reason: "timeout" | "unreachable" | "aborted" }
	| { kind: "forbidden"; reason: string };

type Judged = { hostname: string; mayBePrivate: boolean; resolve: Resolve; deadline: Deadline };

/**
 * The address a connection is to go to (SEC-2). The name is resolved once, and one answer that is not public refuses them all:
 * which of them a second look-up would give is the name's owner's to say.
 */
export async function checkAddress({ hostname, mayBePrivate, resolve, deadline }: Judged): Promise<CheckedAddress> {
	const found = await deadline.race(isIP(hostname) === 0 ? resolve(hostname) : Promise.resolve([hostname]));
	if (found.kind === "stopped") return { kind: "unanswered", reason: found.reason };
	const address = found.kind === "done" ? found.value[0] : undefined;
	if (found.kind === "failed" || address === undefined) return { kind: "unanswered", reason: "unreachable" };
	if (!mayBePrivate && !found.value.every(isPublicAddress)) return { kind: "forbidden", reason: guardReasons.private };
	return { kind: "checked", address, all: found.value };
}

export async function resolveBySystem(hostname: string): Promise<readonly string[]> {
	const answers = await systemLookup(hostname, { all: true });
	return answers.map((answer) => answer.address);
}
