import { connect, isIPv6, type Socket } from "node:net";
import { checkAddress, guardReasons, type Resolve, resolveBySystem } from "./checked-address.ts";
import type { DialResult, GuardedDial } from "./connector.ts";
import { Deadline } from "./deadline.ts";
import { type ForbiddenPlace, isForbiddenPlace } from "./own-places.ts";

export type GuardedDialOptions = {
	/** Hosts, or host:port, that may be private although a person typed them (`SHEAF_ALLOWED_PRIVATE_HOSTS`). */
	allowedPrivateHosts?: readonly string[];
	/** Sheaf's own stores: refused also where private hosts are allowed. */
	forbiddenPlaces?: readonly ForbiddenPlace[];
	/** From the look-up to the connection. */
	timeoutMs?: number;
	/** The system's resolver unless a test brings its own. */
	resolve?: Resolve;
};

const defaultTimeoutMs = 10_000;
/** Below are mail, remote shells and the like, which a person's database is not. */
const firstOpenPort = 1_024;

/**
 * Sockets under the same guard as `http.ts` (SEC-2): a host is resolved once, every answer has to be public or the host allowed by
 * the operator, and the socket goes to the address that was checked. TCP only: a path is no host. The deadline and `signal` hold
 * until the connection stands; from then on the caller bounds what it reads.
 */
export function createGuardedDial(options: GuardedDialOptions = {}): GuardedDial {
	const allowed = new Set((options.allowedPrivateHosts ?? []).map((host) => host.toLowerCase()));
	const resolve = options.resolve ?? resolveBySystem;
	const places = options.forbiddenPlaces ?? [];
	return async ({ host, port, signal }) => {
		const hostname = readHost(host);
		if (hostname === null || !Number.isInteger(port) || port < 1 || port > 65_535) {
			return { kind: "forbidden", reason: guardReasons.malformed };
		}
		const shown = isIPv6(hostname) ? `[${hostname}]` : hostname;
		const mayBePrivate = allowed.has(shown) || allowed.has(`${shown}:${port}`);
		if (port < firstOpenPort && !mayBePrivate) return { kind: "forbidden", reason: guardReasons.port };
		const deadline = new Deadline(signal, options.timeoutMs ?? defaultTimeoutMs);
		try {
			const checked = await checkAddress({ hostname, mayBePrivate, resolve, deadline });
			if (checked.kind !== "checked") return checked;
			const own = await deadline.race(isForbiddenPlace({ addresses: checked.all, port }, places, resolve));
			if (own.kind === "stopped") return { kind: "unanswered", reason: own.reason };
			if (own.kind === "failed" || own.value) return { kind: "forbidden", reason: guardReasons.ownDatabase };
			return await open({ address: checked.address, port }, deadline);
		} finally {
			deadline.clear();
		}
	};
}

/**
 * A host as a person writes it, in the spelling of the URL standard: 2130706433, 0x7f.1, fullwidth digits and a last dot become what they
 * lead to. Null for what is no host: a path of a Unix socket, several hosts, a user name before it.
 */
function readHost(host: string): string | null {
	const typed = host.trim();
	if (isIPv6(typed) && !typed.includes("%")) return new URL(`http://[${typed}]/`).hostname.slice(1, -1);
	if (typed === "" || /[\s/\\@?#%,]|:(?![^[]*\])/.test(typed)) return null;
	const address = `http://${typed}/`;
	return URL.canParse(address) ? new URL(address).hostname.replace(/^\[|\]$/g, "") : null;
}

/** A socket that stands after the deadline is closed: nobody waits for it. */
function open(place: { address: string; port: number }, deadline: Deadline): Promise<DialResult> {
	let socket: Socket | undefined;
	const connecting = new Promise<DialResult>((done) => {
		const opening = connect({ host: place.address, port: place.port });
		socket = opening;
		const fail = () => done({ kind: "unanswered", reason: "unreachable" });
		opening.once("error", fail);
		opening.once("connect", () => {
			opening.off("error", fail);
			// Whoever takes it listens too; without one an error between the two would end the process.
			opening.on("error", () => undefined);
			opening.setNoDelay(true);
			done({ kind: "connected", socket: opening });
		});
	});
	return deadline.race(connecting).then((outcome): DialResult => {
		if (outcome.kind === "done") return outcome.value;
		socket?.destroy();
		return { kind: "unanswered", reason: outcome.kind === "stopped" ? outcome.reason : "unreachable" };
	});
}
