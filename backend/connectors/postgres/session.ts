import type { Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import postgres, { type Sql } from "postgres";
import type { ConnectorCall } from "../connector.ts";
import { isPublicAddress } from "../public-address.ts";
import type { Settings } from "./settings.ts";
import { SessionError, troubleOfDial } from "./trouble.ts";

export type Session = Pick<Sql, "unsafe">;

export type SessionLimits = {
	/** For encrypting, and for each piece of work from its first packet to its last answer, in milliseconds. */
	timeoutMs: number;
	/** Everything a server may answer to one piece of work. */
	maxBytes: number;
};

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
/** What a server may begin with: authentication or an error (and a notice before it). */
const firstBytes = "RENv";

/** A connection that stands: encrypted, where that is wanted, and with the driver over it. */
export type OpenSession = {
	/** One piece of work at a time. @throws SessionError, or the driver's error with PostgreSQL's code */
	use<Value>(work: (sql: Session) => Promise<Value>, signal: AbortSignal): Promise<Value>;
	/** False once the server or somebody on the way has hung up. */
	isOpen(): boolean;
	close(): void;
};

export type SessionRequest = { call: ConnectorCall; settings: Settings; limits: SessionLimits };

/**
 * One connection for one piece of work, closed afterwards.
 *
 * @throws SessionError, or the driver's error with PostgreSQL's code
 */
export async function withSession<Value>(
	request: SessionRequest,
	work: (sql: Session) => Promise<Value>,
): Promise<Value> {
	const session = await openSession(request);
	try {
		return await session.use(work, request.call.signal);
	} finally {
		session.close();
	}
}

/**
 * Opens a connection over the guarded `dial`. TLS is begun here, because the driver would take any certificate for a host it did not look
 * up itself. No prepared statements: poolers in transaction mode (Supabase's on port 6543) hand each statement to another session.
 *
 * @throws SessionError
 */
export async function openSession({ call, settings, limits }: SessionRequest): Promise<OpenSession> {
	if (call.signal.aborted) throw new SessionError({ kind: "aborted" });
	if (call.dial === undefined) throw new Error("The connector was not handed a dial.");
	const { host, port } = settings;
	const dialled = await call.dial({ host, port, signal: call.signal });
	if (dialled.kind !== "connected") throw new SessionError(troubleOfDial(dialled, host));
	const { socket } = dialled;
	// Without encryption only where the operator allowed a private host: what comes from the internet is read on the way.
	if (settings.tls === "off" && isPublicAddress(socket.remoteAddress ?? "")) {
		socket.destroy();
		throw new SessionError({ kind: "insecure" });
	}
	const within = ending(socket, limits.timeoutMs);
	try {
		const channel = await within(secured(socket, settings), call.signal);
		const guard: Guard = { size: 0, garbled: false };
		const sql = driverOver(bounded(channel, limits.maxBytes, guard), settings, limits.timeoutMs);
		return sessionOver({ socket, sql, guard, within });
	} catch (error) {
		socket.destroy();
		throw error;
	}
}

type Within = <Value>(work: Promise<Value>, signal: AbortSignal) => Promise<Value>;
type Guard = { size: number; garbled: boolean };

function sessionOver({ socket, sql, guard, within }: { socket: Socket; sql: Sql; guard: Guard; within: Within }) {
	return {
		use: async <Value>(work: (sql: Session) => Promise<Value>, signal: AbortSignal) => {
			guard.size = Math.min(guard.size, 1);
			try {
				return await within(work(sql), signal);
			} catch (error) {
				throw guard.garbled ? new SessionError({ kind: "provider" }) : error;
			}
		},
		isOpen: () => !socket.destroyed,
		close: () => {
			void sql.end({ timeout: 0 });
			socket.destroy();
		},
	};
}

/** Work on a socket that is given up when its caller gives up, when it takes too long and when the server hangs up. */
function ending(socket: Socket, timeoutMs: number): Within {
	const closed = new Promise<void>((resolve) => {
		// The driver would wait for a server that hung up before it answered. Given a moment, so that what it did say is heard first.
		socket.once("close", () => setImmediate(resolve));
	});
	return async (work, signal) => {
		const { promise: given, reject } = Promise.withResolvers<never>();
		const give = () => reject(new SessionError({ kind: signal.aborted ? "aborted" : "unreachable" }));
		const timer = setTimeout(give, timeoutMs);
		signal.addEventListener("abort", give, { once: true });
		void closed.then(give);
		try {
			return await Promise.race([given, work]);
		} finally {
			clearTimeout(timer);
			signal.removeEventListener("abort", give);
			// Whichever comes second is nobody's.
			given.catch(() => undefined);
			work.catch(() => undefined);
		}
	};
}

function driverOver(socket: Socket, settings: Settings, timeoutMs: number): Sql {
	let taken = false;
	const options: postgres.Options<Record<string, postgres.PostgresType>> & { socket: () => Socket } = {
		host: settings.host,
		port: settings.port,
		database: settings.database,
		user: settings.user,
		pass: settings.password,
		ssl: false,
		max: 1,
		prepare: false,
		fetch_types: false,
		connect_timeout: Math.ceil(timeoutMs / 1_000),
		onnotice: () => undefined,
		connection: {
			application_name: "Sheaf",
			// Before our own patience ends: the server stops working on it, and says so.
			statement_timeout: Math.ceil(timeoutMs * 0.8),
			lock_timeout: Math.ceil(timeoutMs / 2),
			idle_in_transaction_session_timeout: timeoutMs,
			TimeZone: "UTC",
			DateStyle: "ISO",
			IntervalStyle: "iso_8601",
		},
		// The driver would connect again by itself, past the turn that was taken.
		socket: () => {
			if (taken) throw new SessionError({ kind: "unreachable" });
			taken = true;
			return socket;
		},
	};
	return postgres(options);
}

/** What is no PostgreSQL says so with its first byte; what answers without end is cut off. */
function bounded(socket: Socket, maxBytes: number, guard: Guard): Socket {
	socket.on("data", (chunk: Buffer) => {
		const speaks = guard.size > 0 || firstBytes.includes(String.fromCharCode(chunk[0] ?? 0));
		guard.size += chunk.length;
		if (speaks && guard.size <= maxBytes) return;
		guard.garbled = true;
		socket.destroy();
	});
	return socket;
}

async function secured(socket: Socket, { tls, ca, host }: Settings): Promise<Socket> {
	if (tls === "off") return socket;
	const answer = await firstAnswer(socket);
	// More than the one byte was put there by somebody in between, to be read as if it had come encrypted (CVE-2021-23222).
	if (answer.length !== 1 || answer[0] !== 0x53) throw new SessionError({ kind: "encryption" });
	return await new Promise<TLSSocket>((resolve, reject) => {
		const name = host.replace(/^\[|\]$/g, "").replace(/\.$/, "");
		const secure = connectTls({
			socket,
			host: name,
			...(/^[\d.]+$|:/.test(name) ? {} : { servername: name }),
			rejectUnauthorized: tls !== "require",
			...(tls === "verify-ca" ? { checkServerIdentity: () => undefined } : {}),
			...(ca === null ? {} : { ca }),
		});
		secure.once("secureConnect", () => resolve(secure));
		secure.on("error", () => reject(new SessionError({ kind: "encryption" })));
	});
}

function firstAnswer(socket: Socket): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const gone = () => reject(new SessionError({ kind: "unreachable" }));
		socket.once("close", gone);
		socket.once("data", (chunk: Buffer) => {
			socket.off("close", gone);
			socket.pause();
			resolve(chunk);
		});
		socket.write(sslRequest);
	});
}
