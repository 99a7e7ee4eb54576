import type { Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import postgres, { type Sql } from "postgres";
import type { ConnectorCall } from "../connector.ts";
import { isPublicAddress } from "../public-address.ts";
import type { Settings } from "./settings.ts";
import { SessionError, troubleOfDial } from "./trouble.ts";

export type Session = Pick<Sql, "unsafe">;

export type SessionLimits = {
	/** For everything from the first packet to the last answer, in milliseconds. */
	timeoutMs: number;
	/** Everything a server may answer in one session. */
	maxBytes: number;
};

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
/** What a server may begin with: authentication or an error (and a notice before it). */
const firstBytes = "RENv";

/**
 * One connection for one piece of work, closed afterwards. It goes over the guarded `dial`; TLS is begun here, because the driver
 * would take any certificate for a host it did not look up itself. No prepared statements: poolers in transaction mode (Supabase's on
 * port 6543) hand each statement to another session.
 *
 * @throws SessionError, or the driver's error with PostgreSQL's code
 */
export async function withSession<Value>(
	{ call, settings, limits }: { call: ConnectorCall; settings: Settings; limits: SessionLimits },
	work: (sql: Session) => Promise<Value>,
): Promise<Value> {
	if (call.signal.aborted) throw new SessionError({ kind: "aborted" });
	if (call.dial === undefined) throw new Error("The connector was not handed a dial.");
	const { host, port } = settings;
	const dialled = await call.dial({ host, port, signal: call.signal });
	if (dialled.kind !== "connected") throw new SessionError(troubleOfDial(dialled));
	// Without encryption only where the operator allowed a private host: what comes from the internet is read on the way.
	if (settings.tls === "off" && isPublicAddress(dialled.socket.remoteAddress ?? "")) {
		dialled.socket.destroy();
		throw new SessionError({ kind: "insecure" });
	}
	const ended = new Promise<never>((_resolve, reject) => {
		const give = () => reject(new SessionError({ kind: call.signal.aborted ? "aborted" : "unreachable" }));
		AbortSignal.any([call.signal, AbortSignal.timeout(limits.timeoutMs)]).addEventListener("abort", give, {
			once: true,
		});
	});
	ended.catch(() => undefined);
	const guard = { garbled: false };
	let sql: Sql | undefined;
	try {
		const socket = await Promise.race([ended, secured(dialled.socket, settings)]);
		sql = driverOver(bounded(socket, limits.maxBytes, guard), settings, limits.timeoutMs);
		return await Promise.race([ended, work(sql)]);
	} catch (error) {
		throw guard.garbled ? new SessionError({ kind: "provider" }) : error;
	} finally {
		void sql?.end({ timeout: 0 });
		dialled.socket.destroy();
	}
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
			statement_timeout: timeoutMs,
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
function bounded(socket: Socket, maxBytes: number, guard: { garbled: boolean }): Socket {
	let size = 0;
	socket.on("data", (chunk: Buffer) => {
		const speaks = size > 0 || firstBytes.includes(String.fromCharCode(chunk[0] ?? 0));
		size += chunk.length;
		if (speaks && size <= maxBytes) return;
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
			rejectUnauthorized: tls === "verify-full",
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
